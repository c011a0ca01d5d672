-- retention_proven: of which of these recordings a 30-day notice to somebody who can be reached is on record (R126): they
-- were addressed in time, the notice itself is kept, and its address has not refused mail since. To an account it stands on
-- the site; an address outside has nothing but its letter, which its server must have taken. Indexes:
-- retention_telling_once (the steps are named, or it would be read for every recording of a run), notice_once,
-- notice_once_outside.
SELECT DISTINCT t.recording_id
  FROM cathedra_retentiontelling t
  LEFT JOIN cathedra_account a ON a.id = t.recipient_id
 WHERE t.run_id = %(run)s AND t.step_days = ANY(%(steps)s) AND t.at < %(before)s
   AND t.recording_id = ANY(%(ids)s::uuid[])
   AND NOT EXISTS (
       SELECT 1 FROM cathedra_unreachableaddress u
       WHERE u.address = lower(CASE WHEN t.recipient_id IS NULL THEN t.address ELSE coalesce(a.email, '') END)
   )
   AND EXISTS (
       SELECT 1 FROM cathedra_notice n
       LEFT JOIN cathedra_letter l ON l.id = n.letter_id
       WHERE n.kind = 'N37' AND n.event = 'retention:' || t.run_id::text || ':' || t.step_days
         AND (n.recipient_id = t.recipient_id OR (t.recipient_id IS NULL AND n.recipient_id IS NULL AND n.address = t.address AND l.state = 'SENT'))
   )
