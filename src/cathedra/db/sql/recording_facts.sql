-- recording_facts: what domain/access.decide needs about one recording and one person, in one round trip. The person is
-- an account, or whoever a browser's session belongs to; inactive is nobody. Always one row; `is_there` says whether
-- there is such a recording. Asked by every page and API answer about a recording, and for every segment that nginx's
-- cache does not answer. Reads by key only: cathedra_web_session_pkey, cathedra_account_pkey, cathedra_recording_pkey,
-- cathedra_folder_pkey, hold_open, membership_once, folder_access_by_folder, recording_viewer_once, system_role_once,
-- access_grant_of_grantee; where parts are cut edit_version_once; of a grant that counts also access_grant_telling_once, access_grant_use_of_grant;
-- terms_acceptance_once.
WITH viewer AS MATERIALIZED (
    SELECT a.id, a.affiliation IN ('university_staff', 'college_staff') AS is_staff, EXISTS (
               SELECT 1 FROM cathedra_unaccepted u WHERE u.account_id = a.id AND u.document = 'eula'
           ) AS is_gated
    FROM cathedra_account a
    WHERE a.is_active AND a.id = COALESCE(%(viewer)s::uuid, (
        SELECT s.account_id
        FROM cathedra_web_session s
        WHERE s.session_key = %(session_key)s AND s.expire_date > %(now)s::timestamptz
    ))
), mine AS MATERIALIZED (
    SELECT v.id FROM viewer v
    UNION ALL
    SELECT m.group_id FROM cathedra_membership m JOIN viewer v ON v.id = m.account_id
)
SELECT v.id AS viewer_id, COALESCE(v.is_staff, FALSE) AS is_staff, COALESCE(v.is_gated, FALSE) AS is_gated,
       r.id IS NOT NULL AS is_there,
       COALESCE(r.owner_id = v.id, FALSE) AS is_owner, r.media_state, r.publication, r.keeping,
       ARRAY (
           SELECT CASE WHEN h.recording_id = r.id THEN h.kind ELSE 'original: ' || h.kind END
           FROM cathedra_hold h
           WHERE h.recording_id IN (r.id, o.id) AND h.released_at IS NULL
       ) AS holds,
       ARRAY (
           SELECT DISTINCT a.role
           FROM cathedra_folderaccess a
           WHERE a.folder_id = r.folder_id AND a.principal_id IN (SELECT id FROM mine)
       ) AS roles,
       ARRAY (
           SELECT h.role
           FROM cathedra_systemroleholder h
           WHERE h.account_id = v.id AND (h.role NOT IN ('videographer', 'scheduler') OR EXISTS (
               SELECT 1 FROM cathedra_systemrolescope s WHERE s.holder_id = h.id AND s.folder_id = ANY (above.ids)
           ))
       ) AS appointments,
       g.sharing AS level, r.sharing AS own_level,
       CASE WHEN g.sharing <> 'restricted' OR r.sharing <> 'restricted' THEN (
           SELECT max(x.expires_at)
           FROM cathedra_exemption x
           WHERE x.kind = 'public_sharing' AND x.ended_at IS NULL
             AND (x.recording_id = r.id OR x.folder_id = ANY (above.ids))
       ) END AS exempt_until,
       EXISTS (
           SELECT 1
           FROM cathedra_recordingviewer w
           WHERE w.recording_id = r.id AND w.principal_id IN (SELECT id FROM mine)
       ) AS is_named_viewer,
       ARRAY (
           SELECT jsonb_build_object(
               'id', t.id, 'rights', t.rights, 'starts_at', t.starts_at, 'ends_at', t.ends_at,
               'live_since', COALESCE(t.live_since, (
                   SELECT n.live_since FROM cathedra_accessgranttelling n WHERE n.grant_id = t.id AND n.owner_id = r.owner_id
               )),
               'used_at', (
                   SELECT max(u.at)
                   FROM cathedra_accessgrantuse u
                   WHERE u.grant_id = t.id AND u.recording_id = r.id AND u.kind = 'played'
               ),
               'counts_for', NULL,
               'covers_folder', i.folder_id IS NOT NULL
           )::text
           FROM cathedra_accessgrant t
           JOIN cathedra_accessgrantitem i ON i.grant_id = t.id
           WHERE t.grantee_id = v.id AND t.revoked_at IS NULL AND t.ended_at IS NULL
             AND (i.recording_id = r.id OR i.folder_id = ANY (above.ids))
       ) AS grants,
       COALESCE(f.downloads, g.downloads) AS downloads, r.downloads AS own_downloads, o.downloads AS original_downloads,
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
       r.folder_id,
       COALESCE(f.start, g.start) AS folder_start,
       CASE WHEN f.start IS NULL THEN g.starts_at ELSE f.starts_at END AS folder_starts_at,
       COALESCE(f."end", g."end") AS folder_end,
       CASE WHEN f."end" IS NULL THEN g.ends_at ELSE f.ends_at END AS folder_ends_at,
       r.start, r.starts_at, r."end", r.ends_at, r.origin = 'scheduled' AS is_capture, r.ready_at,
       COALESCE(r.origin = 'import' AND r.media_state = 'EMPTY', FALSE) AS is_in_intake,
       COALESCE(f.release_delay_hours, g.release_delay_hours, 0) AS release_delay_hours,
       COALESCE(r.origin = 'scheduled' AND r.created_by_id = v.id, FALSE) AS is_own_schedule,
       COALESCE(r.approval IN ('approved', 'rejected') AND r.approval_by_id = v.id, FALSE) AS is_own_approval,
       COALESCE(r.reference_of_id, r.id) AS media_id, o.id IS NOT NULL AS is_reference,
       CASE WHEN r.edited_ms IS NOT NULL THEN (
           SELECT max(e.version)
           FROM cathedra_edit e
           WHERE e.recording_id = COALESCE(r.reference_of_id, r.id) AND e.shown_at IS NOT NULL
       ) END AS cut_version,
       COALESCE(o.owner_id = v.id, FALSE) AS is_original_owner,
       o.media_state AS original_media_state, o.publication AS original_publication, o.keeping AS original_keeping
FROM (SELECT 1) one
LEFT JOIN viewer v ON TRUE
LEFT JOIN cathedra_recording r ON r.id = %(recording_id)s
LEFT JOIN cathedra_folder f ON f.id = r.folder_id
LEFT JOIN cathedra_folder g ON g.id = f.access_from_id
LEFT JOIN cathedra_recording o ON o.id = r.reference_of_id
LEFT JOIN LATERAL (
    SELECT string_to_array(f.path::text, '.')::uuid[] AS ids OFFSET 0 -- the folder, and those above; once
) above ON TRUE
