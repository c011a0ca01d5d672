-- meter_statement: a department's account of a time, from the lines alone, so that it comes out the same whenever it is
-- asked for: by category what stood before, what was added and taken, each to the second. Recorded hours are those of the
-- licence year; and of any other, to which something came in this time after all (R98), in a line of its own, so that one
-- statement begins where the one before it ends and none of them leaves a line of the ledger out. Index: meter_entry_at.
SELECT e.department_id, d.name, e.category, CASE WHEN e.category = 'RECORDED' THEN e.licence_year ELSE '' END AS year,
       coalesce(sum(e.delta_s) FILTER (WHERE e.at < %(since)s), 0)::bigint,
       coalesce(sum(e.delta_s) FILTER (WHERE e.at >= %(since)s AND e.delta_s > 0), 0)::bigint,
       coalesce(sum(e.delta_s) FILTER (WHERE e.at >= %(since)s AND e.delta_s < 0), 0)::bigint
  FROM cathedra_meterentry e
  LEFT JOIN cathedra_department d ON d.id = e.department_id
 WHERE e.at < %(until)s
 GROUP BY e.department_id, d.name, e.category, year
HAVING e.category <> 'RECORDED' OR min(e.licence_year) = %(year)s OR max(e.at) >= %(since)s
 ORDER BY d.name NULLS LAST, e.department_id, e.category, year
