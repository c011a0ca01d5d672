-- account: one account by its key, whole, and whether it has terms to accept first (R9). Asked by every page for whoever
-- is signed in. Reads by key: cathedra_account_pkey, terms_acceptance_once.
SELECT a.id, a.password, a.last_login, a.login_name, a.email, a.full_name, a.affiliation, a.department_id,
       a.is_active, a.deactivated_at, a.created_at,
       EXISTS (SELECT 1 FROM cathedra_unaccepted u WHERE u.account_id = a.id AND u.document = 'eula') AS is_gated
FROM cathedra_account a
WHERE a.id = %(id)s
