-- meter_facts: what decides how recordings are metered (R96 to R104). A folder's department comes before its course's;
-- where neither has one, as in personal folders, it is the owner's (R110).
SELECT r.id, r.origin, r.media_state = 'READY' AS is_ready, r.keeping, r.recycled_from, r.duration_ms,
       r.captured_at, r.uploaded_at, r.ready_at, r.owner_id,
       coalesce(f.department_id, c.department_id, o.department_id), f.path::text
  FROM cathedra_recording r
  JOIN cathedra_folder f ON f.id = r.folder_id
  JOIN cathedra_account o ON o.id = r.owner_id
  LEFT JOIN cathedra_course c ON c.id = f.course_id
 WHERE r.id = ANY(%(ids)s::uuid[])
 ORDER BY r.id
