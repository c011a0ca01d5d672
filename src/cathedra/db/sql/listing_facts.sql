-- listing_facts: what domain/access.decide needs about each of the next recordings of one folder and one person, beside
-- what folder_facts has said of the folder; newest first, from a place on. `sql.in_order` makes the other orders of it.
-- Everything that is found stands there, whether or not the person is shown it: the rule decides. `exempt_until` is that
-- of the recording or of its folders, as in recording_facts; grants are known of the folder.
-- By time it reads by key only: recording_in_folder, cathedra_recording_pkey, hold_open, recording_viewer_once,
-- membership_once, cathedra_folder_pkey; in another order, or with a search or a filter, every recording of the folder.
-- `word` is the state of R52 as domain/library.state_of derives it.
WITH mine AS MATERIALIZED (
    SELECT %(viewer)s::uuid AS id
    UNION ALL
    SELECT m.group_id FROM cathedra_membership m WHERE m.account_id = %(viewer)s::uuid
), here AS MATERIALIZED (
    SELECT max(x.expires_at) AS exempt_until
    FROM cathedra_folder f
    JOIN cathedra_exemption x ON x.folder_id = ANY (string_to_array(f.path::text, '.')::uuid[])
    WHERE f.id = %(folder_id)s::uuid AND x.kind = 'public_sharing' AND x.ended_at IS NULL
), next AS MATERIALIZED (
    SELECT r.id, r.created_at AS key
    FROM cathedra_recording r
    LEFT JOIN cathedra_account a ON a.id = r.owner_id
    CROSS JOIN LATERAL (SELECT CASE
        WHEN r.keeping IN ('PURGED', 'RESTORING') THEN lower(r.keeping)
        WHEN NOT (r.keeping = 'ONLINE' AND r.media_state IN ('RECORDING', 'RECEIVED', 'PREPARING')) AND EXISTS (
            SELECT 1 FROM cathedra_hold h WHERE h.recording_id = r.id AND h.released_at IS NULL
        ) THEN 'held'
        WHEN r.keeping IN ('RECYCLED', 'ARCHIVED') THEN lower(r.keeping)
        WHEN r.media_state = 'READY' AND r.publication <> 'DRAFT' THEN lower(r.publication)
        WHEN r.media_state IN ('READY', 'PREPARING') THEN 'processing'
        WHEN r.media_state = 'EMPTY' THEN 'draft'
        WHEN r.media_state = 'RECEIVED' THEN 'uploaded'
        ELSE lower(r.media_state)
    END AS word) state
    WHERE r.folder_id = %(folder_id)s::uuid
      AND (%(state)s::text IS NULL OR state.word = %(state)s::text)
      AND (%(owner)s::uuid IS NULL OR r.owner_id = %(owner)s::uuid)
      AND (%(search)s::text IS NULL OR upper(r.title) LIKE upper(%(search)s::text)
           OR upper(r.description) LIKE upper(%(search)s::text))
      AND (r.created_at, r.id) < (%(key)s::timestamptz, %(beyond)s::uuid)
    ORDER BY r.created_at DESC, r.id DESC
    LIMIT %(most)s::int
)
SELECT n.id, n.key,
       r.owner_id, COALESCE(r.owner_id = %(viewer)s::uuid, FALSE) AS is_owner, r.media_state, r.publication, r.keeping,
       r.sharing AS own_level,
       CASE WHEN %(level)s::text <> 'restricted' OR r.sharing <> 'restricted' THEN GREATEST(here.exempt_until, (
           SELECT max(x.expires_at)
           FROM cathedra_exemption x
           WHERE x.kind = 'public_sharing' AND x.ended_at IS NULL AND x.recording_id = r.id
       )) END AS exempt_until,
       EXISTS (
           SELECT 1
           FROM cathedra_recordingviewer w
           WHERE w.recording_id = r.id AND w.principal_id IN (SELECT id FROM mine)
       ) AS is_named_viewer,
       r.downloads AS own_downloads, o.downloads AS original_downloads,
       r.start, r.starts_at, r."end", r.ends_at, r.origin = 'scheduled' AS is_capture,
       CASE WHEN r.origin = 'scheduled' THEN r.ready_at END AS ready_at, -- R49: it counts for nothing else
       COALESCE(r.origin = 'import' AND r.media_state = 'EMPTY', FALSE) AS is_in_intake,
       COALESCE(r.origin = 'scheduled' AND r.created_by_id = %(viewer)s::uuid, FALSE) AS is_own_schedule,
       COALESCE(r.approval IN ('approved', 'rejected') AND r.approval_by_id = %(viewer)s::uuid, FALSE) AS is_own_approval,
       o.id IS NOT NULL AS is_reference, COALESCE(o.owner_id = %(viewer)s::uuid, FALSE) AS is_original_owner,
       o.media_state AS original_media_state, o.publication AS original_publication, o.keeping AS original_keeping,
       ARRAY (
           SELECT CASE WHEN h.recording_id = r.id THEN h.kind ELSE 'original: ' || h.kind END
           FROM cathedra_hold h
           WHERE h.recording_id IN (r.id, o.id) AND h.released_at IS NULL
       ) AS holds
FROM next n
JOIN cathedra_recording r ON r.id = n.id
LEFT JOIN cathedra_recording o ON o.id = r.reference_of_id
CROSS JOIN here
ORDER BY n.key DESC, n.id DESC
