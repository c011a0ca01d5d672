-- folder_page: a folder as its page shows it, with the viewer's roles on it and those folders above that they can see.
-- No row: no such folder. Reads by key: cathedra_folder_pkey, membership_once, folder_access_by_folder.
WITH mine AS MATERIALIZED (
    SELECT %(viewer)s::uuid AS id
    UNION ALL
    SELECT m.group_id FROM cathedra_membership m WHERE m.account_id = %(viewer)s::uuid
)
SELECT f.id, f.name, f.kind, f.inherits, f.parent_id IS NULL AS is_top, COALESCE(c.full_name, '') AS course, COALESCE(d.name, '') AS department,
       ARRAY (
           SELECT DISTINCT a.role
           FROM cathedra_folderaccess a
           WHERE a.folder_id = f.id AND a.principal_id IN (SELECT id FROM mine)
       ) AS roles,
       ARRAY (
           SELECT above.id::text || ' ' || above.name
           FROM unnest(string_to_array(f.path::text, '.')) WITH ORDINALITY AS part (id, depth)
           JOIN cathedra_folder above ON above.id = part.id::uuid
           JOIN cathedra_folder giver ON giver.id = above.access_from_id
           WHERE above.id <> f.id AND (giver.sharing = ANY (%(levels)s) OR EXISTS (
               SELECT 1
               FROM cathedra_folderaccess a
               WHERE a.folder_id = above.id AND a.principal_id IN (SELECT id FROM mine)
           ))
           ORDER BY part.depth
       ) AS above
FROM cathedra_folder f
LEFT JOIN cathedra_course c ON c.id = f.course_id
LEFT JOIN cathedra_department d ON d.id = f.department_id
WHERE f.id = %(folder_id)s
