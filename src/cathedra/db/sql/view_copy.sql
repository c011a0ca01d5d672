-- view_copy: what players told, as it comes.
COPY told (session, number, place, recording_id, account_id, at, start_ms, watched_ms, speed, start, stop) FROM STDIN
