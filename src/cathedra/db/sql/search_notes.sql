-- search_notes: notes in some recordings that somebody may read (R218): their own, and those made public.
-- Index: note_in_recording.
SELECT n.recording_id, n.at_ms, n.text, n.account_id = %(viewer)s AS is_own
FROM cathedra_note n
WHERE n.recording_id = ANY (%(ids)s) AND (n.account_id = %(viewer)s OR n.is_public)
ORDER BY n.at_ms
