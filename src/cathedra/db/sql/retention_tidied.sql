-- retention_tidied: where a recording is of which files are left where it was before (R61): they are to be removed before
-- this transaction ends, and then nothing is left. No row, and nothing held, when nothing was. Both rows are held, so that
-- neither is read as it was before somebody else was done with it. Nobody waits for the disk: lost in a crash, it is done
-- again. Indexes: cathedra_recording_pkey, cathedra_kept_pkey.
WITH held AS (
    SELECT r.id, CASE WHEN r.keeping = 'RECYCLED' THEN r.recycled_from ELSE r.keeping END AS tier
      FROM cathedra_recording r
      JOIN cathedra_kept k ON k.recording_id = r.id
     WHERE r.id = %(id)s AND k.has_leftovers
       FOR UPDATE OF r, k
)
UPDATE cathedra_kept SET has_leftovers = FALSE FROM held WHERE recording_id = held.id
RETURNING held.tier, set_config('synchronous_commit', 'off', TRUE)
