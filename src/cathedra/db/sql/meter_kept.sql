-- meter_kept: what counts as stored or archived, gathered by what decides how its hours could be saved, so that the answer
-- is a few lines however large the library is; of all, of an owner, or of a folder and those below it that are seen by the same people. In the words of
-- `domain/metering` (R100 to R102); a test holds the two together. What plays by a reference is watched (R140). What was saved anew copies nothing that is kept (R103).
WITH kept AS MATERIALIZED (
    SELECT r.id, r.origin = 'full_copy'
               AND NOT EXISTS (SELECT 1 FROM cathedra_saving v WHERE v.recording_id = r.id) AS is_full_copy, r.keeping = 'RECYCLED' AS is_binned, r.ready_at,
           r.keeping IN ('ARCHIVED', 'RESTORING')
               OR (r.keeping = 'RECYCLED' AND r.recycled_from IS NOT DISTINCT FROM 'ARCHIVED') AS is_archived,
           (r.duration_ms + 500) / 1000 AS seconds
      FROM cathedra_recording r
      JOIN cathedra_folder f ON f.id = r.folder_id
     WHERE r.media_state = 'READY' AND r.origin <> 'reference_copy' AND r.duration_ms >= 500 AND r.keeping <> 'PURGED'
       AND (%(owner)s::uuid IS NULL OR r.owner_id = %(owner)s::uuid)
       AND (%(folder)s::uuid IS NULL
            OR (f.path <@ (SELECT path FROM cathedra_folder WHERE id = %(folder)s::uuid)
                AND f.access_from_id = (SELECT access_from_id FROM cathedra_folder WHERE id = %(folder)s::uuid)))
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
), said AS (
    SELECT k.*, w.at AS watched_at,
           EXISTS (SELECT 1 FROM cathedra_hold h WHERE h.recording_id = k.id AND h.released_at IS NULL) AS is_held
      FROM kept k
      LEFT JOIN watched w ON w.id = k.id
)
SELECT sum(seconds)::bigint, is_binned, is_full_copy, min(ready_at), max(watched_at), is_held, is_archived, count(*)
  FROM said
 GROUP BY is_binned, is_full_copy, is_held, is_archived, ready_at > %(settled)s, watched_at > %(watched)s
 ORDER BY is_binned, is_full_copy, is_held, is_archived, ready_at > %(settled)s, watched_at > %(watched)s
