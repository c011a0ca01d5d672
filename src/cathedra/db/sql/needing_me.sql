-- needing_me: ids of somebody's own recordings that are being prepared or that failed, newest first.
-- Index: recording_of_owner.
SELECT r.id
FROM cathedra_recording r
WHERE r.owner_id = %(viewer)s AND r.media_state = ANY (%(states)s) AND r.keeping = 'ONLINE'
ORDER BY r.created_at DESC, r.id DESC
LIMIT %(count)s
