-- meter_daily: what came to a category on each day of the site's calendar since an instant, by being recorded, uploaded or
-- copied: the pace of teaching. What is archived, restored, moved or destroyed is no part of it. Index: meter_entry_at.
SELECT (e.at AT TIME ZONE %(zone)s)::date, sum(e.delta_s)::bigint
  FROM cathedra_meterentry e
 WHERE e.category = %(category)s AND e.at >= %(since)s AND e.cause IN ('READY', 'COPIED')
 GROUP BY 1
 ORDER BY 1
