-- search_pictures: the picture of the slide that was shown at each of some instants; an instant without one is left out.
-- Index: slide_position_once.
SELECT asked.number, s.image
FROM unnest(%(whole)s::uuid[], %(at)s::bigint[]) WITH ORDINALITY AS asked (recording_id, at_ms, number)
JOIN cathedra_slide s ON s.recording_id = asked.recording_id AND s.start_ms <= asked.at_ms AND s.end_ms > asked.at_ms
