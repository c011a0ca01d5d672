-- search_notes: notes in some recordings that somebody may read (R218): their own, and those made public while the folder
-- allows such (itself, else the folder its access comes from, as in db/reads/notes).
-- Index: note_in_recording.
SELECT n.recording_id, n.at_ms, n.text, n.account_id = %(viewer)s AS is_own
FROM cathedra_note n
JOIN cathedra_recording r ON r.id = n.recording_id
JOIN cathedra_folder f ON f.id = r.folder_id
JOIN cathedra_folder g ON g.id = f.access_from_id
WHERE n.recording_id = ANY (%(ids)s)
  AND (n.account_id = %(viewer)s OR (n.is_public AND COALESCE(f.public_notes, g.public_notes, FALSE)))
ORDER BY n.at_ms
