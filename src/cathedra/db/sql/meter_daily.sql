-- meter_daily: what a category grew by on each day of the site's calendar since an instant; what opened the ledger and what
-- was put right is not a day's work. Index: meter_entry_at.
SELECT (e.at AT TIME ZONE %(zone)s)::date, sum(e.delta_s)::bigint
  FROM cathedra_meterentry e
 WHERE e.category = %(category)s AND e.at >= %(since)s AND e.cause NOT IN ('OPENING', 'CORRECTION')
 GROUP BY 1
 ORDER BY 1
