-- recording_page: a recording as its page shows it to somebody whom the access rule let in, its files by name.
-- No row: no such recording. Reads by key: cathedra_recording_pkey, cathedra_folder_pkey, cathedra_account_pkey, hold_open,
-- source_position_once.
SELECT r.id, r.title, r.description, r.tags, r.folder_id, f.name AS folder_name, COALESCE(c.short_name, '') AS course,
       a.full_name AS owner_name, r.media_state, r.publication, r.keeping, COALESCE(r.edited_ms, r.duration_ms) AS duration_ms,
       COALESCE(r.captured_at, r.created_at) AS recorded_at, r.uploaded_at, r.ready_at, r.stage, r.stage_percent,
       r.stage_estimate_s, r.is_ladder_complete, r.failure, r.failure_values::text AS failure_values,
       r.dropped::text AS dropped, r.version,
       EXISTS (SELECT 1 FROM cathedra_hold h WHERE h.recording_id = r.id AND h.released_at IS NULL) AS is_held,
       EXISTS (
           SELECT 1
           FROM cathedra_stream s
           WHERE s.recording_id = COALESCE(r.reference_of_id, r.id) AND s.role IN ('PRIMARY', 'SECONDARY')
       ) AS has_picture,
       ARRAY (
           SELECT o.original_name FROM cathedra_source o WHERE o.recording_id = r.id AND o.position < 10 -- none that was set aside (T18)
           ORDER BY o.position
       ) AS source_names
FROM cathedra_recording r
JOIN cathedra_folder f ON f.id = r.folder_id
LEFT JOIN cathedra_course c ON c.id = f.course_id
JOIN cathedra_account a ON a.id = r.owner_id
WHERE r.id = %(recording_id)s
