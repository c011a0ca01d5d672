-- may_view: the view decision of R41 for one browser and one recording, as one code; `ALLOW` or why not.
-- The same rule as domain/access.decide(VIEW); a property test holds the two together. Neither may change alone.
-- Asked for every segment that nginx's cache does not answer. Reads by primary key only:
--   cathedra_web_session_pkey, cathedra_recording_pkey, membership_once, folder_access_by_folder.
WITH viewer AS (
    SELECT a.id
    FROM cathedra_web_session s
    JOIN cathedra_account a ON a.id = s.account_id AND a.is_active
    WHERE s.session_key = %(session_key)s AND s.expire_date > %(now)s
), item AS (
    SELECT r.id, r.folder_id, r.owner_id, r.media_state, r.publication, r.keeping,
           EXISTS (SELECT 1 FROM cathedra_hold h WHERE h.recording_id = r.id AND h.released_at IS NULL) AS is_held
    FROM cathedra_recording r
    WHERE r.id = %(recording_id)s
), held_role AS (
    SELECT f.role
    FROM item i
    JOIN cathedra_folderaccess f ON f.folder_id = i.folder_id
    WHERE f.principal_id IN (
        SELECT v.id FROM viewer v
        UNION ALL
        SELECT m.group_id FROM cathedra_membership m JOIN viewer v ON v.id = m.account_id
    )
), facts AS (
    SELECT i.*,
           i.owner_id = (SELECT id FROM viewer) AS is_owner,
           EXISTS (SELECT 1 FROM held_role WHERE role IN ('viewer', 'creator', 'publisher', 'content_organizer')) AS has_view,
           EXISTS (SELECT 1 FROM held_role WHERE role = 'creator') AS is_creator,
           EXISTS (SELECT 1 FROM held_role WHERE role IN ('creator', 'publisher')) AS is_insider
    FROM item i
)
SELECT CASE
    WHEN NOT EXISTS (SELECT 1 FROM viewer) THEN 'SIGN_IN'
    WHEN NOT EXISTS (SELECT 1 FROM facts WHERE has_view OR is_owner) THEN 'NO_PERMISSION'
    ELSE (
        SELECT CASE
            WHEN keeping = 'PURGED' THEN 'GONE'
            WHEN keeping = 'RESTORING' THEN 'RESTORING'
            WHEN is_held AND NOT (keeping = 'ONLINE' AND media_state IN ('RECORDING', 'RECEIVED', 'PREPARING'))
                THEN CASE WHEN is_owner THEN 'ALLOW' ELSE 'HELD' END
            WHEN keeping = 'RECYCLED' THEN CASE WHEN is_owner OR is_creator THEN 'RECYCLED' ELSE 'NOT_FOUND' END
            WHEN keeping = 'ARCHIVED' THEN 'ARCHIVED'
            WHEN media_state <> 'READY' OR publication = 'DRAFT' THEN 'NOT_READY'
            WHEN publication = 'PUBLISHED' OR is_owner OR is_insider THEN 'ALLOW'
            WHEN publication = 'WAITING' THEN 'WAITING_APPROVAL'
            ELSE 'REJECTED'
        END
        FROM facts
    )
END AS code
