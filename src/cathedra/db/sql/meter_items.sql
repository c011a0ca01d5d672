-- meter_items: the largest of somebody's stored recordings: of all that are not in the bin, of those that nobody watches, or
-- of those in the bin (R108). The words are those of meter_kept.
WITH kept AS MATERIALIZED (
    SELECT r.id, r.title, r.folder_id, r.origin = 'full_copy'
               AND NOT EXISTS (SELECT 1 FROM cathedra_saving v WHERE v.recording_id = r.id) AS is_full_copy, r.keeping = 'RECYCLED' AS is_binned,
           r.ready_at, (r.duration_ms + 500) / 1000 AS seconds,
           EXISTS (SELECT 1 FROM cathedra_hold h WHERE h.recording_id = r.id AND h.released_at IS NULL) AS is_held
      FROM cathedra_recording r
     WHERE r.owner_id = %(owner)s::uuid AND r.media_state = 'READY' AND r.origin <> 'reference_copy'
       AND r.duration_ms >= 500
       AND (r.keeping = 'ONLINE' OR (r.keeping = 'RECYCLED' AND r.recycled_from IS DISTINCT FROM 'ARCHIVED'))
       AND (r.keeping = 'RECYCLED') = (%(part)s = 'BIN')
), played AS (
    SELECT k.id, k.id AS played_id FROM kept k
    UNION ALL
    SELECT k.id, c.id FROM kept k JOIN cathedra_recording c ON c.reference_of_id = k.id
), watched AS (
    SELECT p.id, max(v.at) AS at
      FROM played p
      JOIN (SELECT recording_id, updated_at AS at FROM cathedra_viewingposition
            UNION ALL SELECT recording_id, last_at FROM cathedra_viewtotals) v ON v.recording_id = p.played_id
     GROUP BY p.id
)
SELECT k.id, k.title, f.name, k.seconds, k.is_binned, k.is_full_copy, k.ready_at, w.at, k.is_held
  FROM kept k
  JOIN cathedra_folder f ON f.id = k.folder_id
  LEFT JOIN watched w ON w.id = k.id
 WHERE %(part)s <> 'UNWATCHED'
    OR (NOT k.is_held AND k.ready_at <= %(settled)s AND (w.at IS NULL OR w.at <= %(watched)s))
 ORDER BY k.seconds DESC, k.id
 LIMIT %(limit)s
