-- queue_position: which place the first job of a recording has among those that wait for the same thing, in the order of
-- R60; no row when none waits, or one of them is being done. Of jobs only those that are not over are looked at.
WITH mine AS (
    SELECT j.id, j.status, j.priority, split_part(j.queue_name, '.', 1) AS queue
      FROM procrastinate_jobs j
     WHERE j.status IN ('todo', 'doing') AND j.task_name IN ('PROBE_SOURCE', 'PACKAGE_SOURCE', 'ENCODE_LADDER')
       AND j.args ->> 'source_id' IN (SELECT s.id::text FROM cathedra_source s WHERE s.recording_id = %(id)s)
), next AS (
    SELECT m.id, m.priority, m.queue
      FROM mine m
     WHERE m.status = 'todo' AND NOT EXISTS (SELECT 1 FROM mine WHERE mine.status = 'doing')
     ORDER BY m.priority DESC, m.id
     LIMIT 1
)
SELECT (count(*) FILTER (WHERE o.priority > n.priority OR (o.priority = n.priority AND o.id <= n.id)))::int AS place
  FROM next n
  JOIN procrastinate_jobs o ON o.status = 'todo' AND split_part(o.queue_name, '.', 1) = n.queue
   AND (o.scheduled_at IS NULL OR o.scheduled_at <= now() OR o.id = n.id)
 GROUP BY n.id
