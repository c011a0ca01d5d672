-- meter_hours: recorded hours of a licence year and hours kept now, by department, from the totals (D4). A year named
-- '' has none. Stored and archived hours carry over (R105), so their years are added up.
SELECT t.department_id, d.name,
       coalesce(sum(t.seconds) FILTER (WHERE t.category = 'RECORDED' AND t.licence_year = %(year)s), 0)::bigint,
       coalesce(sum(t.seconds) FILTER (WHERE t.category = 'STORED'), 0)::bigint,
       coalesce(sum(t.seconds) FILTER (WHERE t.category = 'ARCHIVED'), 0)::bigint
  FROM cathedra_metertotal t
  LEFT JOIN cathedra_department d ON d.id = t.department_id
 GROUP BY t.department_id, d.name
 ORDER BY d.name NULLS LAST, t.department_id
