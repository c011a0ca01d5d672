-- retention_freeing: stored hours that the bins let go, by the day of the site's calendar on which their time is over; what is
-- over already by today. As `domain/metering` counts (R100, R102); what is held waits (R130), what was archived frees
-- nothing stored. Index: kept_in_bin.
SELECT greatest((coalesce(k.bin_since, k.recycled_at) AT TIME ZONE %(zone)s)::date + %(days)s, %(today)s::date) AS day,
       sum((r.duration_ms + 500) / 1000)::bigint
  FROM cathedra_kept k
  JOIN cathedra_recording r ON r.id = k.recording_id
 WHERE k.recycled_at IS NOT NULL AND r.keeping = 'RECYCLED' AND r.recycled_from IS DISTINCT FROM 'ARCHIVED'
   AND r.media_state = 'READY' AND r.origin <> 'reference_copy' AND r.duration_ms >= 500
   AND NOT EXISTS (SELECT 1 FROM cathedra_hold h WHERE h.recording_id = r.id AND h.released_at IS NULL)
   AND NOT EXISTS (
       SELECT 1 FROM cathedra_recording c JOIN cathedra_hold h ON h.recording_id = c.id
        WHERE c.reference_of_id = r.id AND h.released_at IS NULL AND left(h.kind, 4) <> 'aup_'
   )
 GROUP BY 1
 ORDER BY 1
