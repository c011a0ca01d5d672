-- meter_opening: the first lines of the ledger, of what was in the library when it began (R104). In the words of
-- `domain/metering`; a test holds the two together.
WITH kept AS (
    SELECT r.id, r.origin, r.owner_id, f.path::text AS folder_path, (r.duration_ms + 500) / 1000 AS seconds,
           coalesce(f.department_id, c.department_id, o.department_id) AS department_id,
           CASE WHEN r.keeping IN ('ARCHIVED', 'RESTORING') OR r.recycled_from = 'ARCHIVED' THEN 'ARCHIVED'
                WHEN r.keeping <> 'PURGED' THEN 'STORED' END AS tier,
           CASE WHEN r.origin IN ('upload', 'import') THEN coalesce(r.uploaded_at, r.captured_at, r.ready_at)
                ELSE coalesce(r.captured_at, r.uploaded_at, r.ready_at) END AS recorded_at
      FROM cathedra_recording r
      JOIN cathedra_folder f ON f.id = r.folder_id
      JOIN cathedra_account o ON o.id = r.owner_id
      LEFT JOIN cathedra_course c ON c.id = f.course_id
     WHERE r.media_state = 'READY' AND r.origin <> 'reference_copy' AND r.duration_ms >= 500
), said AS (
    SELECT kept.*, 'RECORDED' AS category, recorded_at AS year_at FROM kept WHERE origin <> 'full_copy'
    UNION ALL
    SELECT kept.*, tier, %(now)s::timestamptz FROM kept WHERE tier IS NOT NULL
), dated AS (
    SELECT said.*, extract(year FROM year_at AT TIME ZONE %(zone)s)::int
                   - (to_char(year_at AT TIME ZONE %(zone)s, 'MM-DD') < %(year_start)s)::int AS first
      FROM said
)
INSERT INTO cathedra_meterentry
       (recording_id, category, delta_s, cause, at, licence_year, department_id, owner_id, folder_path)
SELECT id, category, seconds, 'OPENING', %(now)s::timestamptz,
       lpad(first::text, 4, '0') || '-' || lpad(((first + 1) %% 100)::text, 2, '0'), department_id, owner_id, folder_path
  FROM dated
 ORDER BY id, category
