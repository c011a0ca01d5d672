-- recording_metadata: what a recording is and who is responsible for it, without anything of what is said or shown in it
-- (R26, R222). No row: no such recording. Reads by key: cathedra_recording_pkey, cathedra_folder_pkey, folder_path,
-- cathedra_account_pkey, source_position_once, rendition_name_once, hold_open, folder_access_by_folder.
SELECT r.id, r.title, r.folder_id, f.name AS folder_name, r.owner_id, a.full_name AS owner_name, a.is_active AS is_owner_active,
       COALESCE(c.full_name, '') AS course, r.media_state, r.publication, r.keeping, r.origin, r.duration_ms,
       r.captured_at, r.uploaded_at, r.ready_at, r.created_at, r.updated_at, r.version,
       EXISTS (SELECT 1 FROM cathedra_hold h WHERE h.recording_id = r.id AND h.released_at IS NULL) AS is_held,
       (SELECT count(*) FROM cathedra_source s WHERE s.recording_id = r.id)
           + (SELECT count(*) FROM cathedra_audiodescription d WHERE d.recording_id = r.id) AS source_count,
       (SELECT COALESCE(sum(s.size_bytes), 0)::bigint FROM cathedra_source s WHERE s.recording_id = r.id)
           + COALESCE((SELECT d.size_bytes FROM cathedra_audiodescription d WHERE d.recording_id = r.id), 0) AS source_bytes,
       (SELECT count(*) FROM cathedra_stream s WHERE s.recording_id = r.id) AS stream_count,
       (SELECT count(*) FROM cathedra_rendition s WHERE s.recording_id = r.id)
           + (SELECT count(*) FROM cathedra_audiodescription d WHERE d.recording_id = r.id AND d.codecs <> '') AS rendition_count,
       (SELECT COALESCE(sum(s.size_bytes), 0)::bigint FROM cathedra_rendition s WHERE s.recording_id = r.id)
           + COALESCE((SELECT d.made_bytes FROM cathedra_audiodescription d WHERE d.recording_id = r.id), 0) AS rendition_bytes,
       (SELECT count(*) FROM cathedra_recordingviewer w WHERE w.recording_id = r.id) AS viewer_count,
       d.name AS department, d.contact_email AS department_contact,
       ARRAY (
           SELECT DISTINCT p.full_name
           FROM cathedra_folderaccess x
           LEFT JOIN cathedra_membership m ON m.group_id = x.principal_id
           JOIN cathedra_account p ON p.id = COALESCE(m.account_id, x.principal_id)
           WHERE x.folder_id = r.folder_id AND x.role = 'creator' AND p.is_active
           ORDER BY p.full_name
           LIMIT 50
       ) AS creators
FROM cathedra_recording r
JOIN cathedra_folder f ON f.id = r.folder_id
LEFT JOIN cathedra_course c ON c.id = f.course_id
JOIN cathedra_account a ON a.id = r.owner_id
LEFT JOIN LATERAL (
    SELECT up.department_id
    FROM cathedra_folder up
    WHERE up.path @> f.path AND up.department_id IS NOT NULL
    ORDER BY nlevel(up.path) DESC
    LIMIT 1
) n ON TRUE
LEFT JOIN cathedra_department d ON d.id = n.department_id
WHERE r.id = %(recording_id)s AND NOT (r.origin = 'import' AND r.media_state = 'EMPTY') -- R93
