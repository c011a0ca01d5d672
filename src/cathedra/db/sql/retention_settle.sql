-- retention_settle: a line of a plan is done, or skipped and why (R127). No row when it is settled already.
UPDATE cathedra_retentionitem SET state = %(state)s, why = %(why)s, settled_at = %(now)s
 WHERE id = %(id)s AND state IN ('PLANNED', 'CLAIMED')
RETURNING id
