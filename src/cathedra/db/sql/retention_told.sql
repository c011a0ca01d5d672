-- retention_told: what the next people after this one are told at a step of a run: of each their folders with counts and
-- seconds (R125). Index: retention_telling_to.
WITH person AS (
    SELECT DISTINCT coalesce(t.recipient_id::text, '') AS account, t.address
      FROM cathedra_retentiontelling t
     WHERE t.run_id = %(run)s AND t.step_days = %(step)s
       AND (coalesce(t.recipient_id::text, ''), t.address) > (%(account)s, %(address)s)
     ORDER BY 1, 2
     LIMIT %(limit)s
)
SELECT p.account, p.address, f.name, count(*), sum(t.seconds)::bigint
  FROM person p
  JOIN cathedra_retentiontelling t
    ON t.run_id = %(run)s AND t.step_days = %(step)s AND t.address = p.address
   AND coalesce(t.recipient_id::text, '') = p.account
  JOIN cathedra_folder f ON f.id = t.folder_id
 GROUP BY p.account, p.address, f.id, f.name
 ORDER BY p.account, p.address, count(*) DESC, f.name
