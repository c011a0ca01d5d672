-- meter_changes: what each category changed by on each day of the site's calendar from an instant on, recorded hours by the
-- licence year that they count in. Index: meter_entry_at.
SELECT e.category, CASE WHEN e.category = 'RECORDED' THEN e.licence_year ELSE '' END,
       (e.at AT TIME ZONE %(zone)s)::date, sum(e.delta_s)::bigint
  FROM cathedra_meterentry e
 WHERE e.at >= %(since)s
 GROUP BY 1, 2, 3
 ORDER BY 1, 2, 3
