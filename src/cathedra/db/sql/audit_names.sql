-- audit_names: what the accounts, groups, folders and recordings of some ids are called now. Reads by key: their pkeys.
SELECT a.id::text AS id, 'account' AS kind, a.full_name AS name
FROM cathedra_account a WHERE a.id = ANY (%(ids)s::uuid[])
UNION ALL
SELECT g.id::text, 'group', g.name FROM cathedra_group g WHERE g.id = ANY (%(ids)s::uuid[])
UNION ALL
SELECT f.id::text, 'folder', f.name FROM cathedra_folder f WHERE f.id = ANY (%(ids)s::uuid[])
UNION ALL
SELECT r.id::text, 'recording', r.title FROM cathedra_recording r WHERE r.id = ANY (%(ids)s::uuid[])
