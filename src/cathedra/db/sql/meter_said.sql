-- meter_said: what the ledger says of recordings (R104). Index: meter_entry_recording.
SELECT recording_id, category, licence_year, department_id, owner_id, sum(delta_s)::bigint AS seconds
  FROM cathedra_meterentry
 WHERE recording_id = ANY(%(ids)s::uuid[])
 GROUP BY 1, 2, 3, 4, 5
