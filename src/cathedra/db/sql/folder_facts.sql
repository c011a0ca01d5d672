-- folder_facts: what domain/access.decide_folder needs about one folder and one person, in one round trip, and when the
-- folder is open, for its list; inactive is nobody. No row: no such folder, or
-- it is in the bin and not asked for there (R138). Reads by key only: cathedra_account_pkey, cathedra_folder_pkey, membership_once,
-- folder_access_by_folder, system_role_once, access_grant_of_grantee,
-- terms_acceptance_once. Enrolled on a course (R82) is who is a Viewer of its own folder,
-- which lies in no other of its folders: by cathedra_folder_course_id_*.
WITH viewer AS MATERIALIZED (
    SELECT a.id, a.affiliation IN ('university_staff', 'college_staff') AS is_staff, EXISTS (
               SELECT 1 FROM cathedra_unaccepted u WHERE u.account_id = a.id AND u.document = 'eula'
           ) AS is_gated
    FROM cathedra_account a
    WHERE a.id = %(viewer)s::uuid AND a.is_active
), mine AS MATERIALIZED (
    SELECT v.id FROM viewer v
    UNION ALL
    SELECT m.group_id FROM cathedra_membership m JOIN viewer v ON v.id = m.account_id
)
SELECT v.id AS viewer_id, COALESCE(v.is_staff, FALSE) AS is_staff, COALESCE(v.is_gated, FALSE) AS is_gated,
       ARRAY (
           SELECT DISTINCT a.role
           FROM cathedra_folderaccess a
           WHERE a.folder_id = f.id AND a.principal_id IN (SELECT id FROM mine)
       ) AS roles,
       ARRAY (
           SELECT h.role
           FROM cathedra_systemroleholder h
           WHERE h.account_id = v.id AND (h.role NOT IN ('videographer', 'scheduler') OR EXISTS (
               SELECT 1 FROM cathedra_systemrolescope s WHERE s.holder_id = h.id AND s.folder_id = ANY (above.ids)
           ))
       ) AS appointments,
       g.sharing AS level,
       CASE WHEN g.sharing <> 'restricted' THEN (
           SELECT max(x.expires_at)
           FROM cathedra_exemption x
           WHERE x.kind = 'public_sharing' AND x.ended_at IS NULL AND x.folder_id = ANY (above.ids)
       ) END AS exempt_until,
       ARRAY (
           SELECT jsonb_build_object(
               'id', t.id, 'rights', t.rights, 'starts_at', t.starts_at, 'ends_at', t.ends_at,
               'live_since', COALESCE(t.live_since, (
                   SELECT min(n.live_since) FROM cathedra_accessgranttelling n WHERE n.grant_id = t.id
               )),
               'used_at', NULL,
               'counts_for', CASE WHEN t.live_since IS NULL THEN (
                   SELECT COALESCE(jsonb_agg(jsonb_build_array(n.owner_id, n.live_since)), '[]'::jsonb)
                   FROM cathedra_accessgranttelling n
                   WHERE n.grant_id = t.id AND n.live_since IS NOT NULL
               ) END,
               'covers_folder', TRUE
           )::text
           FROM cathedra_accessgrant t
           WHERE t.grantee_id = v.id AND t.revoked_at IS NULL AND t.ended_at IS NULL AND EXISTS (
               SELECT 1 FROM cathedra_accessgrantitem i WHERE i.grant_id = t.id AND i.folder_id = ANY (above.ids)
           )
       ) AS grants,
       COALESCE(f.downloads, g.downloads) AS downloads,
       CASE -- R69: asked for by the folder, by one that it follows, or between
           WHEN f.start = 'when_approved' OR g.start = 'when_approved' THEN TRUE
           WHEN f.id = g.id OR f.parent_id = g.id THEN FALSE -- nothing is between: most folders
           ELSE EXISTS (
               SELECT 1
               FROM cathedra_folder b
               WHERE b.id = ANY (above.ids) AND b.access_from_id = g.id AND b.start = 'when_approved'
           )
       END AS needs_approval,
       COALESCE(f.kind = 'assignment', FALSE) AS is_assignment,
       CASE WHEN f.kind = 'assignment' THEN EXISTS (
           SELECT 1
           FROM cathedra_folder e
           JOIN cathedra_folderaccess a ON a.folder_id = e.id AND a.role = 'viewer'
           LEFT JOIN cathedra_folder u ON u.id = e.parent_id
           WHERE e.course_id = f.course_id AND u.course_id IS DISTINCT FROM e.course_id AND e.kind = 'course'
             AND e.recycled_in_id IS NULL AND a.principal_id IN (SELECT id FROM mine)
       ) ELSE FALSE END AS is_enrolled,
       f.id AS folder_id,
       COALESCE(f.start, g.start) AS folder_start,
       CASE WHEN f.start IS NULL THEN g.starts_at ELSE f.starts_at END AS folder_starts_at,
       COALESCE(f."end", g."end") AS folder_end,
       CASE WHEN f."end" IS NULL THEN g.ends_at ELSE f.ends_at END AS folder_ends_at,
       COALESCE(f.release_delay_hours, g.release_delay_hours, 0) AS release_delay_hours
FROM cathedra_folder f
JOIN cathedra_folder g ON g.id = f.access_from_id
CROSS JOIN LATERAL (
    SELECT string_to_array(f.path::text, '.')::uuid[] AS ids OFFSET 0 -- the folder, and those above; once
) above
LEFT JOIN viewer v ON TRUE
WHERE f.id = %(folder_id)s AND (f.recycled_in_id IS NULL OR %(in_bin)s)
