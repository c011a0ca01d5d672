-- needing_me: ids of somebody's own recordings that are being prepared, that failed, or that a room missed
-- lately, newest first. Indexes: recording_of_owner, cathedra_schedule_pkey.
SELECT r.id
FROM cathedra_recording r
WHERE r.owner_id = %(viewer)s AND r.keeping = 'ONLINE' AND (
    r.media_state = ANY (%(states)s)
    OR r.media_state = 'MISSED' AND EXISTS (
        SELECT 1 FROM cathedra_schedule s WHERE s.recording_id = r.id AND s.ends_at > %(missed_since)s
    )
)
ORDER BY r.created_at DESC, r.id DESC
LIMIT %(count)s
