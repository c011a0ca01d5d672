-- creators: every person who may make recordings somewhere, themselves or through a group. Asked once when a version of
-- the policy is published; walks all members once.
WITH holder AS (
    SELECT DISTINCT m.principal_id AS id FROM cathedra_foldermember m WHERE m.role = 'creator'
), person AS (
    SELECT h.id FROM holder h
    UNION
    SELECT g.account_id FROM holder h JOIN cathedra_membership g ON g.group_id = h.id
)
SELECT a.id
FROM cathedra_account a
JOIN person p ON p.id = a.id
WHERE a.is_active AND a.affiliation <> 'service_account'
ORDER BY a.id
