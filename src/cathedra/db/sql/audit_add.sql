-- audit_add: one event of the audit trail; the database numbers it and chains it to the one before (ADR 9).
INSERT INTO cathedra_auditevent
    (at, actor_id, on_behalf_of_id, channel, address, correlation_id, action, target_kind, target_id,
     before, after, reason, facts, previous_hash, hash)
VALUES (%(at)s, %(actor_id)s, %(on_behalf_of_id)s, %(channel)s, %(address)s, %(correlation_id)s, %(action)s,
        %(target_kind)s, %(target_id)s, %(before)s, %(after)s, %(reason)s, %(facts)s, '', '')
RETURNING id
