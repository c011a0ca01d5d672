-- person: an active account as the frame of every page shows it, with every role it holds anywhere.
-- Reads by key: cathedra_account_pkey, folder_access_by_principal, membership_once, system_role_once,
-- notice_unread (a hundred are enough: the bell says 99+).
SELECT a.id, a.login_name, a.full_name, a.email, a.affiliation, COALESCE(d.name, '') AS department,
       ARRAY (
           SELECT DISTINCT f.role
           FROM cathedra_folderaccess f
           WHERE f.principal_id IN (
               SELECT a.id UNION ALL SELECT m.group_id FROM cathedra_membership m WHERE m.account_id = a.id
           )
       ) AS folder_roles,
       ARRAY (
           SELECT s.role FROM cathedra_systemroleholder s WHERE s.account_id = a.id ORDER BY s.role
       ) AS system_roles,
       (
           SELECT count(*)
           FROM (
               SELECT 1 FROM cathedra_notice n WHERE n.recipient_id = a.id AND n.read_at IS NULL LIMIT 100
           ) unread
       ) AS unread_notices
FROM cathedra_account a
LEFT JOIN cathedra_department d ON d.id = a.department_id
WHERE a.id = %(viewer)s AND a.is_active
