-- newest_recordings: ids of the newest published recordings in all folders that some principals may view.
-- The newest N lie in at most the N visible folders with the newest `newest_at`; take N of each by key, merge.
-- No folder is walked that cannot hold one of them. Indexes: folder_access_by_principal, folder_newest,
-- recording_newest (read without the rows themselves), hold_open.
WITH visible AS MATERIALIZED (
    SELECT DISTINCT a.folder_id
    FROM cathedra_folderaccess a
    WHERE a.principal_id = ANY (%(principals)s)
      AND a.role IN ('viewer', 'creator', 'publisher', 'content_organizer')
), newest AS MATERIALIZED (
    SELECT f.id
    FROM cathedra_folder f
    WHERE f.newest_at IS NOT NULL AND f.id IN (SELECT folder_id FROM visible)
    ORDER BY f.newest_at DESC NULLS LAST
    LIMIT %(count)s
)
SELECT r.id
FROM newest n
CROSS JOIN LATERAL (
    SELECT r.id, r.created_at
    FROM cathedra_recording r
    WHERE r.folder_id = n.id
      AND r.media_state = 'READY' AND r.publication = 'PUBLISHED' AND r.keeping = 'ONLINE'
      AND NOT EXISTS (SELECT 1 FROM cathedra_hold h WHERE h.recording_id = r.id AND h.released_at IS NULL)
    ORDER BY r.created_at DESC, r.id DESC
    LIMIT %(count)s
) r
ORDER BY r.created_at DESC, r.id DESC
LIMIT %(count)s
