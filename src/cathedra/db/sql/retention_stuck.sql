-- retention_stuck: restores that nobody works on: asked for before an instant, without an end, and without a job that waits
-- or runs (R120). Index: restore_open_once; of jobs only those that are not over are looked at.
WITH busy AS MATERIALIZED (
    SELECT DISTINCT j.lock
      FROM procrastinate_jobs j
     WHERE j.status IN ('todo', 'doing') AND j.task_name IN ('RESTORE_MEDIA', 'PACKAGE_SOURCE')
)
SELECT b.recording_id, b.taken_up
  FROM cathedra_restore b
  JOIN cathedra_recording r ON r.id = b.recording_id
 WHERE b.ended_at IS NULL AND b.asked_at < %(before)s AND r.keeping = 'RESTORING'
   AND NOT EXISTS (
       SELECT 1 FROM busy
       WHERE busy.lock = 'recording:' || r.id::text
          OR busy.lock IN (SELECT 'source:' || s.id::text FROM cathedra_source s WHERE s.recording_id = r.id)
   )
 ORDER BY b.asked_at
 LIMIT %(limit)s
