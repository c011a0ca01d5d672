-- retention_leftovers: where a recording is of which files are left where it was before (R61), held until this transaction
-- ends; no row, and nothing held, when nothing is left. Both rows are held, so that neither is read as it was before
-- somebody else was done with it. Indexes: cathedra_recording_pkey, cathedra_kept_pkey.
SELECT CASE WHEN r.keeping = 'RECYCLED' THEN r.recycled_from ELSE r.keeping END AS tier
  FROM cathedra_recording r
  JOIN cathedra_kept k ON k.recording_id = r.id
 WHERE r.id = %(id)s AND k.has_leftovers
   FOR UPDATE OF r, k
