-- originals: the files that a recording is made of, of a reference copy those of its original, in their order, without those
-- that could not be used; whether each has a picture, and whether that is of a screen.
-- Indexes: cathedra_recording_pkey, and those of the foreign keys of cathedra_source and cathedra_stream.
SELECT r.title, s.id, s.recording_id, s.original_name, s.size_bytes, s.object_key,
       EXISTS (SELECT 1 FROM cathedra_stream t WHERE t.source_id = s.id AND t.role <> 'AUDIO') AS has_picture,
       EXISTS (
           SELECT 1 FROM cathedra_stream t WHERE t.source_id = s.id AND t.role <> 'AUDIO' AND t.is_screen
       ) AS has_screen
FROM cathedra_recording r
JOIN cathedra_source s ON s.recording_id = COALESCE(r.reference_of_id, r.id)
WHERE r.id = %(recording_id)s AND s.problem = ''
ORDER BY s.position
