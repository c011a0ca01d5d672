-- view_events: what is new of the staging becomes lines of the table; a stretch that was delivered before is there already
-- (cathedra_viewevent_pkey). Says which were new.
INSERT INTO cathedra_viewevent (
    session, number, place, recording_id, account_id, at, start_ms, watched_ms, speed, start, stop
)
SELECT session, number, place, recording_id, account_id, at, start_ms, watched_ms, speed, start, stop
  FROM told
ON CONFLICT DO NOTHING
RETURNING session, number, place
