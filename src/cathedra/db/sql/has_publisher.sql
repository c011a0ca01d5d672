-- has_publisher: one row when the folder has an active Publisher, directly, by a group, by inheritance (R68).
-- Asked only where a service_admin may have to stand in. Indexes: folder_access_by_folder, cathedra_account_pkey.
SELECT 1
FROM cathedra_folderaccess p
WHERE p.folder_id = %(folder_id)s AND p.role = 'publisher' AND (
    EXISTS (SELECT 1 FROM cathedra_account a WHERE a.id = p.principal_id AND a.is_active)
    OR EXISTS (
        SELECT 1
        FROM cathedra_membership m
        JOIN cathedra_account a ON a.id = m.account_id AND a.is_active
        WHERE m.group_id = p.principal_id
    )
)
LIMIT 1
