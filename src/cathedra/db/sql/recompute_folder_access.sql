-- recompute_folder_access: the effective roles of a folder and everything below it, inheritance resolved (R28, R29).
-- A folder's access comes from itself when it owns its access, else from its nearest ancestor that does.
-- Runs on every change of members, of the inherits flag, and of place in the tree. Index: folder_path (GiST).
WITH touched AS (
    SELECT f.id, f.path
    FROM cathedra_folder f
    WHERE f.path <@ (SELECT path FROM cathedra_folder WHERE id = %(folder_id)s)
), giver AS (
    SELECT t.id AS folder_id,
           (SELECT a.id
            FROM cathedra_folder a
            WHERE a.path @> t.path AND NOT a.inherits
            ORDER BY nlevel(a.path) DESC
            LIMIT 1) AS giver_id
    FROM touched t
), wanted AS (
    SELECT g.folder_id, m.principal_id, m.role
    FROM giver g
    JOIN cathedra_foldermember m ON m.folder_id = g.giver_id
), gone AS (
    DELETE FROM cathedra_folderaccess a
    USING touched t
    WHERE a.folder_id = t.id
      AND NOT EXISTS (SELECT 1 FROM wanted w
                      WHERE w.folder_id = a.folder_id AND w.principal_id = a.principal_id AND w.role = a.role)
)
INSERT INTO cathedra_folderaccess (folder_id, principal_id, role)
SELECT folder_id, principal_id, role FROM wanted
ON CONFLICT (folder_id, principal_id, role) DO NOTHING
