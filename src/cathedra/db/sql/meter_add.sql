-- meter_add: lines of the ledger, in one statement, so that the totals are moved once (R104). A correction refers to the line
-- that it corrects: the last one of its recording and category (R8). Index: meter_entry_recording.
INSERT INTO cathedra_meterentry
    (recording_id, category, delta_s, cause, at, licence_year, department_id, owner_id, folder_path, corrects_id)
SELECT given.*, CASE WHEN given.cause = 'CORRECTION' THEN (
           SELECT max(e.id) FROM cathedra_meterentry e
            WHERE e.recording_id = given.recording_id AND e.category = given.category
       ) END
  FROM unnest(
    %(recording_id)s::uuid[], %(category)s::text[], %(delta_s)s::bigint[], %(cause)s::text[], %(at)s::timestamptz[],
    %(licence_year)s::text[], %(department_id)s::uuid[], %(owner_id)s::uuid[], %(folder_path)s::text[]
  ) AS given (recording_id, category, delta_s, cause, at, licence_year, department_id, owner_id, folder_path)
RETURNING id
