-- meter_facts: what decides how recordings are metered (R96 to R104), of some or of a page of all. A folder's department
-- comes before its course's; where neither has one, as in personal folders, it is the owner's (R110).
SELECT r.id, r.origin, r.media_state = 'READY', r.keeping, r.recycled_from, r.duration_ms,
       r.captured_at, r.uploaded_at, r.ready_at, r.owner_id,
       coalesce(f.department_id, c.department_id, o.department_id), f.path::text
  FROM cathedra_recording r
  JOIN cathedra_folder f ON f.id = r.folder_id
  JOIN cathedra_account o ON o.id = r.owner_id
  LEFT JOIN cathedra_course c ON c.id = f.course_id
 WHERE (%(ids)s::uuid[] IS NULL OR r.id = ANY(%(ids)s::uuid[]))
   AND (%(after)s::uuid IS NULL OR r.id > %(after)s::uuid)
 ORDER BY r.id
 LIMIT %(limit)s
