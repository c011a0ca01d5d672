-- meter_lock: nobody else changes these recordings, or meters them, before this transaction ends.
SELECT 1 FROM cathedra_recording WHERE id = ANY(%(ids)s::uuid[]) ORDER BY id FOR NO KEY UPDATE
