-- recompute_folder_access: where the access of a folder and of everything that follows it comes from, and the effective
-- roles (R28, R29). A folder that owns its access gives it to itself; one that inherits takes what the folder above it
-- has. In a personal folder somebody who is suspended there counts as a Viewer where they are its Creator (R91); a role that
-- they hold by a group stays. Below a folder that owns its access nothing can change: it is not walked into. Runs on every change of members, of
-- the inherits flag, and of place in the tree. Indexes: cathedra_folder_pkey, cathedra_folder_parent_id_*,
-- folder_member_once, folder_access_by_folder.
WITH RECURSIVE touched AS (
    SELECT f.id, f.access_from_id AS was_id, CASE WHEN f.inherits THEN p.access_from_id ELSE f.id END AS giver_id
    FROM cathedra_folder f
    LEFT JOIN cathedra_folder p ON p.id = f.parent_id
    WHERE f.id = %(folder_id)s
    UNION ALL
    SELECT c.id, c.access_from_id, t.giver_id
    FROM touched t
    JOIN cathedra_folder c ON c.parent_id = t.id
    WHERE c.inherits
), pointed AS (
    UPDATE cathedra_folder f
    SET access_from_id = t.giver_id
    FROM touched t
    WHERE f.id = t.id AND t.was_id <> t.giver_id
), wanted AS (
    SELECT DISTINCT t.id AS folder_id, m.principal_id,
           CASE WHEN m.role = 'creator' AND g.kind = 'personal' AND EXISTS (
               SELECT 1 FROM cathedra_creatorsuspension s WHERE s.account_id = m.principal_id AND s.ended_at IS NULL
           ) THEN 'viewer' ELSE m.role END AS role -- R91
    FROM touched t
    JOIN cathedra_folder g ON g.id = t.giver_id
    JOIN cathedra_foldermember m ON m.folder_id = t.giver_id
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
