-- meter_parts: what is stored and archived now by where it came from, and by the academic year of its course (R111); the
-- words are those of meter_kept. Two short lists in one look: the first column says which.
WITH kept AS (
    SELECT r.origin, c.academic_year, (r.duration_ms + 500) / 1000 AS seconds,
           r.keeping IN ('ARCHIVED', 'RESTORING')
               OR (r.keeping = 'RECYCLED' AND r.recycled_from IS NOT DISTINCT FROM 'ARCHIVED') AS is_archived
      FROM cathedra_recording r
      JOIN cathedra_folder f ON f.id = r.folder_id
      LEFT JOIN cathedra_course c ON c.id = f.course_id
     WHERE r.media_state = 'READY' AND r.origin <> 'reference_copy' AND r.duration_ms >= 500 AND r.keeping <> 'PURGED'
)
SELECT CASE WHEN grouping(origin) = 0 THEN 'ORIGIN' ELSE 'YEAR' END, coalesce(origin, academic_year, ''),
       coalesce(sum(seconds) FILTER (WHERE NOT is_archived), 0)::bigint,
       coalesce(sum(seconds) FILTER (WHERE is_archived), 0)::bigint,
       count(*)
  FROM kept
 GROUP BY GROUPING SETS ((origin), (academic_year))
 ORDER BY 1, 3 DESC, 2
