-- folder_facts: what domain/access.decide_folder needs about one folder and one person, in one round trip; inactive is
-- nobody. No row: no such folder. Reads by key only: cathedra_account_pkey, cathedra_folder_pkey, membership_once,
-- folder_access_by_folder, system_role_once, access_grant_of_grantee.
WITH viewer AS MATERIALIZED (
    SELECT a.id, a.affiliation IN ('university_staff', 'college_staff') AS is_staff
    FROM cathedra_account a
    WHERE a.id = %(viewer)s::uuid AND a.is_active
), mine AS MATERIALIZED (
    SELECT v.id FROM viewer v
    UNION ALL
    SELECT m.group_id FROM cathedra_membership m JOIN viewer v ON v.id = m.account_id
), appointed AS MATERIALIZED (
    SELECT h.id, h.role FROM cathedra_systemroleholder h JOIN viewer v ON v.id = h.account_id
)
SELECT v.id AS viewer_id, COALESCE(v.is_staff, FALSE) AS is_staff,
       ARRAY (
           SELECT DISTINCT a.role
           FROM cathedra_folderaccess a
           WHERE a.folder_id = f.id AND a.principal_id IN (SELECT id FROM mine)
       ) AS roles,
       ARRAY (
           SELECT h.role
           FROM appointed h
           WHERE h.role NOT IN ('videographer', 'scheduler') OR EXISTS (
               SELECT 1
               FROM cathedra_systemrolescope s
               JOIN cathedra_folder sf ON sf.id = s.folder_id
               WHERE s.holder_id = h.id AND sf.path @> f.path
           )
       ) AS appointments,
       g.sharing AS level,
       CASE WHEN g.sharing <> 'restricted' THEN (
           SELECT max(x.expires_at)
           FROM cathedra_exemption x
           JOIN cathedra_folder xf ON xf.id = x.folder_id
           WHERE x.kind = 'public_sharing' AND x.ended_at IS NULL AND xf.path @> f.path
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
               SELECT 1
               FROM cathedra_accessgrantitem i
               JOIN cathedra_folder tf ON tf.id = i.folder_id
               WHERE i.grant_id = t.id AND tf.path @> f.path
           )
       ) AS grants,
       COALESCE(f.downloads, g.downloads) AS downloads,
       COALESCE(f.start = 'when_approved', FALSE) OR COALESCE(g.start = 'when_approved', FALSE) AS needs_approval,
       EXISTS (
           SELECT 1
           FROM cathedra_folderaccess p
           WHERE p.folder_id = f.id AND p.role = 'publisher' AND (
               EXISTS (SELECT 1 FROM cathedra_account a WHERE a.id = p.principal_id AND a.is_active)
               OR EXISTS (
                   SELECT 1
                   FROM cathedra_membership m
                   JOIN cathedra_account a ON a.id = m.account_id AND a.is_active
                   WHERE m.group_id = p.principal_id
               )
           )
       ) AS has_publisher
FROM cathedra_folder f
JOIN cathedra_folder g ON g.id = f.access_from_id
LEFT JOIN viewer v ON TRUE
WHERE f.id = %(folder_id)s
