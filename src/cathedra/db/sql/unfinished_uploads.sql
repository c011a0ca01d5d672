-- unfinished_uploads: somebody's uploads that can still go on, newest first; columns are called as the ORM calls them.
-- Indexes: upload_of_account, cathedra_recording_pkey.
SELECT u.id, u.recording_id, r.title AS recording__title, r.folder_id AS recording__folder_id,
       r.origin AS recording__origin, r.owner_id AS recording__owner_id, u.account_id, u.position, u.original_name, u.fingerprint,
       u.length_bytes, u.offset_bytes, u.state, u.created_at, u.expires_at
FROM cathedra_upload u
LEFT JOIN cathedra_recording r ON r.id = u.recording_id
WHERE u.account_id = %(viewer)s AND u.state = 'OPEN' AND u.kind = 'WHOLE' AND NOT u.is_deferred AND u.expires_at > %(now)s
ORDER BY u.created_at DESC
LIMIT %(count)s
