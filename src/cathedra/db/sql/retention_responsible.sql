-- retention_responsible: who answers for recordings (R126): the owner where they can be reached, else the folder's Creators,
-- else the contact of its department, else whoever runs the service. Reached is an open account whose address has not
-- refused mail. Keys: cathedra_recording_pkey, folder_access_by_folder, membership_once, unreachable addresses.
WITH item AS (
    SELECT r.id, r.folder_id, r.owner_id, coalesce(f.department_id, c.department_id) AS department_id
      FROM cathedra_recording r
      JOIN cathedra_folder f ON f.id = r.folder_id
      LEFT JOIN cathedra_course c ON c.id = f.course_id
     WHERE r.id = ANY(%(ids)s::uuid[])
), reached AS NOT MATERIALIZED (
    SELECT a.id
      FROM cathedra_account a
     WHERE a.is_active AND a.affiliation <> 'service_account'
       AND NOT EXISTS (SELECT 1 FROM cathedra_unreachableaddress u WHERE u.address = lower(a.email))
), owner AS MATERIALIZED (
    SELECT i.id, a.id AS account_id FROM item i JOIN reached a ON a.id = i.owner_id
), creator AS MATERIALIZED (
    SELECT DISTINCT i.id, a.id AS account_id
      FROM item i
      JOIN cathedra_folderaccess m ON m.folder_id = i.folder_id AND m.role = 'creator'
      LEFT JOIN cathedra_membership g ON g.group_id = m.principal_id
      JOIN reached a ON a.id = coalesce(g.account_id, m.principal_id)
     WHERE NOT EXISTS (SELECT 1 FROM owner o WHERE o.id = i.id)
), contact AS MATERIALIZED (
    SELECT i.id, d.contact_email AS address
      FROM item i
      JOIN cathedra_department d ON d.id = i.department_id AND d.contact_email <> ''
     WHERE NOT EXISTS (SELECT 1 FROM owner o WHERE o.id = i.id)
       AND NOT EXISTS (SELECT 1 FROM creator c WHERE c.id = i.id)
       AND NOT EXISTS (SELECT 1 FROM cathedra_unreachableaddress u WHERE u.address = lower(d.contact_email))
)
SELECT id, account_id, '' AS address FROM owner
UNION ALL
SELECT id, account_id, '' FROM creator
UNION ALL
SELECT id, NULL, address FROM contact
UNION ALL
SELECT i.id, s.account_id, ''
  FROM item i
  JOIN cathedra_systemroleholder s ON s.role = 'service_admin'
  JOIN reached a ON a.id = s.account_id
 WHERE NOT EXISTS (SELECT 1 FROM owner o WHERE o.id = i.id)
   AND NOT EXISTS (SELECT 1 FROM creator c WHERE c.id = i.id)
   AND NOT EXISTS (SELECT 1 FROM contact c WHERE c.id = i.id)
 ORDER BY 1, 2, 3
