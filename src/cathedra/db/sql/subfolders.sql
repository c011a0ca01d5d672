-- subfolders: the folders directly below one that somebody can see, by name.
-- Indexes: cathedra_folder_parent_id_*, folder_access_by_folder.
SELECT f.id, f.name, f.kind, f.newest_at, COALESCE(c.full_name, '') AS course, COALESCE(d.name, '') AS department
FROM cathedra_folder f
LEFT JOIN cathedra_course c ON c.id = f.course_id
LEFT JOIN cathedra_department d ON d.id = f.department_id
WHERE f.parent_id = %(folder_id)s AND EXISTS (
    SELECT 1 FROM cathedra_folderaccess a WHERE a.folder_id = f.id AND a.principal_id = ANY (%(principals)s)
)
ORDER BY lower(f.name), f.id
LIMIT 500
