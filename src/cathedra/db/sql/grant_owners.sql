-- grant_owners: whose recordings a grant covers: of each owner whether they can be reached by mail, how many there are,
-- the newest titles, the folder of the newest, how many folders they lie in, and the Creators of all of those. Purged
-- ones have no content. Reads by key: access_grant_folder_once,
-- access_grant_recording_once, folder_path, recording_in_folder, cathedra_account_pkey.
WITH covered AS (
    SELECT r.owner_id, r.title, r.folder_id, r.created_at
    FROM cathedra_accessgrantitem i
    JOIN cathedra_recording r ON r.id = i.recording_id
    WHERE i.grant_id = %(grant_id)s AND r.keeping <> 'PURGED'
    UNION ALL
    SELECT r.owner_id, r.title, r.folder_id, r.created_at
    FROM cathedra_accessgrantitem i
    JOIN cathedra_folder t ON t.id = i.folder_id
    JOIN cathedra_folder f ON f.path <@ t.path
    JOIN cathedra_recording r ON r.folder_id = f.id
    WHERE i.grant_id = %(grant_id)s AND r.keeping <> 'PURGED'
), owners AS (
    SELECT owner_id, count(*) AS recording_count, count(DISTINCT folder_id) AS folder_count, (array_agg(title ORDER BY created_at DESC))[1:2] AS titles,
           (array_agg(folder_id ORDER BY created_at DESC))[1] AS folder_id
    FROM covered
    GROUP BY owner_id
)
SELECT o.owner_id, a.full_name, a.is_active, a.email <> '' AS has_address,
       EXISTS (SELECT 1 FROM cathedra_unreachableaddress u WHERE u.address = lower(a.email)) AS is_unreachable,
       o.recording_count, o.folder_count, o.titles, o.folder_id, (
           SELECT d.contact_email
           FROM cathedra_folder f
           JOIN cathedra_folder up ON up.path @> f.path
           JOIN cathedra_department d ON d.id = up.department_id
           WHERE f.id = o.folder_id AND d.contact_email <> ''
           ORDER BY nlevel(up.path) DESC
           LIMIT 1
       ) AS contact_email,
       ARRAY (
           SELECT DISTINCT c.id
           FROM cathedra_folderaccess p
           LEFT JOIN cathedra_membership m ON m.group_id = p.principal_id
           JOIN cathedra_account c ON c.id = COALESCE(m.account_id, p.principal_id)
           WHERE p.folder_id IN (SELECT v.folder_id FROM covered v WHERE v.owner_id = o.owner_id)
             AND p.role = 'creator' AND c.is_active AND c.id <> o.owner_id
       ) AS creator_ids
FROM owners o
JOIN cathedra_account a ON a.id = o.owner_id
ORDER BY a.full_name, o.owner_id
