-- meter_summed: the same from the lines themselves, however long that takes; what the totals are held to.
SELECT e.department_id, d.name,
       coalesce(sum(e.delta_s) FILTER (WHERE e.category = 'RECORDED' AND e.licence_year = %(year)s), 0)::bigint,
       coalesce(sum(e.delta_s) FILTER (WHERE e.category = 'STORED'), 0)::bigint,
       coalesce(sum(e.delta_s) FILTER (WHERE e.category = 'ARCHIVED'), 0)::bigint
  FROM cathedra_meterentry e
  LEFT JOIN cathedra_department d ON d.id = e.department_id
 GROUP BY e.department_id, d.name
 ORDER BY d.name NULLS LAST, e.department_id
