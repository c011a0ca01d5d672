-- folder_roles: the effective roles of a viewer on a folder, groups and inheritance included.
-- Indexes: folder_access_by_folder, membership_once.
SELECT DISTINCT a.role
FROM cathedra_folderaccess a
WHERE a.folder_id = %(folder_id)s
  AND a.principal_id IN (
      SELECT %(viewer)s::uuid
      UNION ALL
      SELECT m.group_id FROM cathedra_membership m WHERE m.account_id = %(viewer)s::uuid
  )
