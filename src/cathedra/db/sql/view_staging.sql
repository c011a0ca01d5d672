-- view_staging: where what players told is put before it is known what of it is new; once a connection.
CREATE TEMPORARY TABLE IF NOT EXISTS told AS
SELECT session, number, place, recording_id, account_id, at, start_ms, watched_ms, speed, start, stop
  FROM cathedra_viewevent
  WITH NO DATA
