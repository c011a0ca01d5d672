-- meter_statement: a department's account of a time, from the lines alone, so that it comes out the same whenever it is
-- asked for: by category what stood before, what was added and taken, each to the second. Index: meter_entry_at.
SELECT e.department_id, d.name, e.category,
       coalesce(sum(e.delta_s) FILTER (WHERE e.at < %(since)s), 0)::bigint,
       coalesce(sum(e.delta_s) FILTER (WHERE e.at >= %(since)s AND e.delta_s > 0), 0)::bigint,
       coalesce(sum(e.delta_s) FILTER (WHERE e.at >= %(since)s AND e.delta_s < 0), 0)::bigint
  FROM cathedra_meterentry e
  LEFT JOIN cathedra_department d ON d.id = e.department_id
 WHERE e.at < %(until)s AND (e.category <> 'RECORDED' OR e.licence_year = %(year)s)
 GROUP BY e.department_id, d.name, e.category
 ORDER BY d.name NULLS LAST, e.department_id, e.category
