-- meter_orphans: recordings that the ledger still keeps hours of, and that the library does not have.
SELECT e.recording_id, e.category, sum(e.delta_s)::bigint
  FROM cathedra_meterentry e
 WHERE e.category <> 'RECORDED' AND NOT EXISTS (SELECT 1 FROM cathedra_recording r WHERE r.id = e.recording_id)
 GROUP BY e.recording_id, e.category
HAVING sum(e.delta_s) <> 0
 ORDER BY e.recording_id, e.category
