-- audit_chain: events in their order with the text that the hash of each is made of (R224, ADR 9), for the verification.
-- The text is that of the function audit_line, said again so that nothing is trusted that stands in the database.
-- Reads by key: cathedra_auditevent_pkey.
SELECT e.id, e.previous_hash, e.hash, jsonb_build_array(
           e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.actor_id, e.on_behalf_of_id,
           e.channel, e.address, e.correlation_id, e.action, e.target_kind, e.target_id, e.before, e.after, e.reason,
           e.facts
       )::text AS line
FROM cathedra_auditevent e
WHERE %(after)s::bigint IS NULL OR e.id > %(after)s::bigint
ORDER BY e.id
LIMIT %(limit)s
