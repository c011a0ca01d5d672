-- player_page: what the player starts with, its streams included (a reference copy's are its original's), how it is cut,
-- and where the viewer stopped.
-- No row: no such recording. Reads by key only; streams in the order of their files.
SELECT r.id, r.title, r.duration_ms,
       COALESCE((
           SELECT p.position_ms
           FROM cathedra_viewingposition p
           WHERE p.account_id = %(viewer)s::uuid AND p.recording_id = r.id
       ), 0) AS position_ms,
       ARRAY (
           SELECT jsonb_build_object(
               'id', s.id, 'role', s.role, 'is_screen', s.is_screen, 'width', s.width, 'height', s.height,
               'offset_ms', s.offset_ms, 'language', s.language, 'label', s.label
           )::text
           FROM cathedra_stream s
           JOIN cathedra_source f ON f.id = s.source_id
           WHERE s.recording_id = COALESCE(r.reference_of_id, r.id)
           ORDER BY f.position, s.source_index
       ) AS streams,
       (
           SELECT jsonb_build_object(
               'version', e.version, 'cuts', e.cuts, 'looks', e.looks, 'is_made', e.is_made
           )::text
           FROM cathedra_edit e
           WHERE e.recording_id = COALESCE(r.reference_of_id, r.id) AND e.shown_at IS NOT NULL
           ORDER BY e.version DESC
           LIMIT 1
       ) AS edit
FROM cathedra_recording r
WHERE r.id = %(recording_id)s
