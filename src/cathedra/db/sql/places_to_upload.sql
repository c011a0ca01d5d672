-- places_to_upload: folders in which somebody holds one of some roles, or may submit: assignment folders that they may view
-- of a course whose own folder they are a Viewer of (R82). Their own first, then the liveliest; `place` is the name of the
-- folder above when they can see that one.
-- Indexes: folder_access_by_principal, folder_access_by_folder, cathedra_folder_pkey.
WITH held AS MATERIALIZED (
    SELECT DISTINCT a.folder_id
    FROM cathedra_folderaccess a
    WHERE a.principal_id = ANY (%(principals)s) AND a.role = ANY (%(roles)s)
    UNION
    SELECT f.id
    FROM cathedra_systemroleholder h
    JOIN cathedra_systemrolescope s ON s.holder_id = h.id
    JOIN cathedra_folder sf ON sf.id = s.folder_id
    JOIN cathedra_folder f ON f.path <@ sf.path
    WHERE h.account_id = %(viewer)s AND h.role IN ('videographer', 'scheduler')
    UNION
    SELECT f.id
    FROM cathedra_folderaccess a
    JOIN cathedra_folder e ON e.id = a.folder_id AND e.kind = 'course' AND e.recycled_in_id IS NULL
    LEFT JOIN cathedra_folder u ON u.id = e.parent_id
    JOIN cathedra_folder f ON f.course_id = e.course_id AND f.kind = 'assignment'
    JOIN cathedra_folder g ON g.id = f.access_from_id
    WHERE a.principal_id = ANY (%(principals)s) AND a.role = 'viewer' AND u.course_id IS DISTINCT FROM e.course_id
      AND (g.sharing = ANY (%(levels)s) OR EXISTS (
          SELECT 1
          FROM cathedra_folderaccess v
          WHERE v.folder_id = f.id AND v.principal_id = ANY (%(principals)s) AND v.role = 'viewer'
      ))
)
SELECT f.id, f.name, f.kind, f.newest_at, COALESCE(c.full_name, '') AS course, COALESCE(d.name, '') AS department,
       CASE WHEN EXISTS (
           SELECT 1 FROM cathedra_folderaccess a WHERE a.folder_id = f.parent_id AND a.principal_id = ANY (%(principals)s)
       ) THEN up.name ELSE '' END AS place
FROM held
JOIN cathedra_folder f ON f.id = held.folder_id
LEFT JOIN cathedra_folder up ON up.id = f.parent_id
LEFT JOIN cathedra_course c ON c.id = f.course_id
LEFT JOIN cathedra_department d ON d.id = f.department_id
WHERE f.recycled_in_id IS NULL
ORDER BY f.owner_id IS DISTINCT FROM %(viewer)s, f.newest_at DESC NULLS LAST, lower(f.name), f.id
LIMIT %(count)s
