-- meter_add: lines of the ledger, in one statement, so that the totals are moved once (R104).
INSERT INTO cathedra_meterentry
    (recording_id, category, delta_s, cause, at, licence_year, department_id, owner_id, folder_path)
SELECT * FROM unnest(
    %(recording_id)s::uuid[], %(category)s::text[], %(delta_s)s::bigint[], %(cause)s::text[], %(at)s::timestamptz[],
    %(licence_year)s::text[], %(department_id)s::uuid[], %(owner_id)s::uuid[], %(folder_path)s::text[]
)
RETURNING id
