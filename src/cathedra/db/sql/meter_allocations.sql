-- meter_allocations: what is set aside, with what of it is used, from the ledger (R110): a department's hours from the
-- totals, a folder's from the lines of what lies in it and below. All of them; or those that may refuse what somebody
-- brings into a folder: by the folder and those around it, and by the department that the hours go to (meter_facts).
WITH place AS (
    SELECT f.path, coalesce(f.department_id, c.department_id, o.department_id) AS department_id
      FROM cathedra_folder f
      LEFT JOIN cathedra_course c ON c.id = f.course_id
      LEFT JOIN cathedra_account o ON o.id = %(owner)s::uuid
     WHERE f.id = %(into)s::uuid
)
SELECT a.id, a.department_id, a.folder_id, coalesce(d.name, f.name), coalesce(d.contact_email, fd.contact_email, ''),
       a.recorded_s, a.stored_s, a.is_enforced,
       CASE WHEN a.told_year = %(year)s THEN a.told_recorded ELSE 0 END, a.told_stored,
       used.recorded_s, used.stored_s
  FROM cathedra_allocation a
  LEFT JOIN cathedra_department d ON d.id = a.department_id
  LEFT JOIN cathedra_folder f ON f.id = a.folder_id
  LEFT JOIN cathedra_course fc ON fc.id = f.course_id
  LEFT JOIN cathedra_department fd ON fd.id = coalesce(f.department_id, fc.department_id)
  CROSS JOIN LATERAL (
      SELECT coalesce(sum(line.seconds) FILTER (WHERE line.category = 'RECORDED'), 0)::bigint AS recorded_s,
             coalesce(sum(line.seconds) FILTER (WHERE line.category = 'STORED'), 0)::bigint AS stored_s
        FROM (SELECT t.category, t.seconds
                FROM cathedra_metertotal t
               WHERE t.department_id = a.department_id AND (t.category = 'STORED' OR t.licence_year = %(year)s)
              UNION ALL
              SELECT e.category, e.delta_s
                FROM cathedra_folder b
                JOIN cathedra_recording r ON r.folder_id = b.id
                JOIN cathedra_meterentry e ON e.recording_id = r.id
               WHERE b.path <@ f.path AND (e.category = 'STORED' OR e.licence_year = %(year)s)) line
  ) used
 WHERE %(into)s::uuid IS NULL
    OR (a.is_enforced
        AND EXISTS (SELECT 1 FROM place p WHERE p.department_id = a.department_id OR p.path <@ f.path))
 ORDER BY a.folder_id IS NOT NULL, coalesce(d.name, f.name), a.id
