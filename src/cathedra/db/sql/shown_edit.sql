-- shown_edit: the version of its edits that viewers have of a recording, of a reference copy that of its original; no row:
-- they have it as it was received. Indexes: cathedra_recording_pkey, edit_version_once.
SELECT e.id, e.recording_id, e.version, e.cuts::text AS cuts, e.looks::text AS looks, e.is_made, e.file_key, e.file_bytes
FROM cathedra_recording r
JOIN cathedra_edit e ON e.recording_id = COALESCE(r.reference_of_id, r.id)
WHERE r.id = %(recording_id)s AND e.shown_at IS NOT NULL
ORDER BY e.version DESC
LIMIT 1
