-- view_positions: where many viewers stopped; the last word wins (viewing_position_once).
INSERT INTO cathedra_viewingposition (account_id, recording_id, position_ms, updated_at)
SELECT account_id, recording_id, position_ms, %(now)s
  FROM unnest(%(accounts)s::uuid[], %(recordings)s::uuid[], %(places)s::bigint[])
    AS said (account_id, recording_id, position_ms)
 ORDER BY account_id, recording_id
ON CONFLICT (account_id, recording_id) DO UPDATE
   SET position_ms = EXCLUDED.position_ms, updated_at = EXCLUDED.updated_at
