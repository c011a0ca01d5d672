-- recording_rows: recordings as lists show them, for ids that another read found for this viewer.
-- Reads by key: cathedra_recording_pkey, cathedra_folder_pkey, cathedra_account_pkey, cathedra_schedule_pkey, hold_open.
SELECT r.id, r.title, r.folder_id, f.name AS folder_name, COALESCE(c.short_name, '') AS course, a.full_name AS owner_name,
       r.media_state, r.publication, r.keeping, COALESCE(r.edited_ms, r.duration_ms) AS duration_ms, COALESCE(r.captured_at, r.created_at) AS recorded_at,
       CASE WHEN r.media_state IN ('SCHEDULED', 'MISSED') THEN s.starts_at END AS scheduled_at,
       r.stage_percent, r.failure, r.failure_values::text AS failure_values,
       EXISTS (SELECT 1 FROM cathedra_hold h WHERE h.recording_id = r.id AND h.released_at IS NULL) AS is_held,
       EXISTS (
           SELECT 1
           FROM cathedra_stream p
           WHERE p.recording_id = COALESCE(r.reference_of_id, r.id) AND p.role IN ('PRIMARY', 'SECONDARY')
       ) AS has_picture
FROM cathedra_recording r
JOIN cathedra_folder f ON f.id = r.folder_id
LEFT JOIN cathedra_course c ON c.id = f.course_id
JOIN cathedra_account a ON a.id = r.owner_id
LEFT JOIN cathedra_schedule s ON s.recording_id = r.id
WHERE r.id = ANY (%(ids)s)
