-- view_figures: the sums of each recording that so many people or more have watched since theirs were last renewed, as they
-- stand now (R216). What was told before renewed_at is in them, so whoever watched after it counts anew. Reads
-- cathedra_viewtotals once, and of what was watched since its renewal the rows of view_progress_once. Who only downloaded
-- it (R204) is in the sums; how many people an average is of is counted without them.
INSERT INTO cathedra_viewfigures AS f (
    recording_id, views, anonymous_views, viewers, delivered_ms, last_at, played_ms, reached_by, average_percent, renewed_at
)
SELECT t.recording_id, t.views, t.anonymous_views, t.viewers, t.delivered_ms, t.last_at, t.played_ms, t.reached_by,
       p.average, greatest(%(now)s, t.last_at)
  FROM cathedra_viewtotals t
  LEFT JOIN cathedra_viewfigures o ON o.recording_id = t.recording_id
 CROSS JOIN LATERAL (
           SELECT avg(v.percent)::float AS average,
                  count(*) FILTER (WHERE o.renewed_at IS NULL OR v.last_at > o.renewed_at) AS people
             FROM cathedra_viewprogress v
            WHERE v.recording_id = t.recording_id AND v.delivered_ms > 0
       ) p
 WHERE (o.renewed_at IS NULL OR t.last_at > o.renewed_at) AND p.people >= %(fewest)s
ON CONFLICT (recording_id) DO UPDATE
   SET views = EXCLUDED.views, anonymous_views = EXCLUDED.anonymous_views, viewers = EXCLUDED.viewers,
       delivered_ms = EXCLUDED.delivered_ms, last_at = EXCLUDED.last_at, played_ms = EXCLUDED.played_ms,
       reached_by = EXCLUDED.reached_by, average_percent = EXCLUDED.average_percent, renewed_at = EXCLUDED.renewed_at
