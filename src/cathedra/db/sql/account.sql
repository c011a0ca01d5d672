-- account: one account by its key, whole. Asked by every page for whoever is signed in. Reads by key: cathedra_account_pkey.
SELECT a.id, a.password, a.last_login, a.login_name, a.email, a.full_name, a.affiliation, a.department_id,
       a.is_active, a.deactivated_at, a.created_at
FROM cathedra_account a
WHERE a.id = %(id)s
