-- subfolders: the folders directly below one that somebody finds in lists, by name (LIST_FOLDER of domain/access).
-- `beyond` are levels above the site's cap, which count under a live exemption only (R33).
-- Indexes: membership_once, cathedra_folder_parent_id_*, folder_access_by_folder, exemption_of_folder.
WITH mine AS MATERIALIZED (
    SELECT %(viewer)s::uuid AS id
    UNION ALL
    SELECT m.group_id FROM cathedra_membership m WHERE m.account_id = %(viewer)s::uuid
)
SELECT f.id, f.name, f.kind, f.newest_at, COALESCE(c.full_name, '') AS course, COALESCE(d.name, '') AS department
FROM cathedra_folder f
JOIN cathedra_folder g ON g.id = f.access_from_id
LEFT JOIN cathedra_course c ON c.id = f.course_id
LEFT JOIN cathedra_department d ON d.id = f.department_id
WHERE f.parent_id = %(folder_id)s AND f.recycled_in_id IS NULL AND (
    EXISTS (SELECT 1 FROM cathedra_folderaccess a WHERE a.folder_id = f.id AND a.principal_id IN (SELECT id FROM mine))
    OR g.sharing = ANY (%(levels)s)
    OR (g.sharing = ANY (%(beyond)s) AND EXISTS (
        SELECT 1
        FROM cathedra_exemption x
        WHERE x.kind = 'public_sharing' AND x.ended_at IS NULL AND x.expires_at > %(now)s
          AND x.folder_id = ANY (string_to_array(f.path::text, '.')::uuid[])
    ))
    OR EXISTS (
        SELECT 1
        FROM cathedra_systemroleholder h
        JOIN cathedra_systemrolescope s ON s.holder_id = h.id
        WHERE h.account_id = %(viewer)s::uuid AND h.role IN ('videographer', 'scheduler')
          AND s.folder_id = ANY (string_to_array(f.path::text, '.')::uuid[])
    )
)
ORDER BY lower(f.name), f.id
LIMIT 500
