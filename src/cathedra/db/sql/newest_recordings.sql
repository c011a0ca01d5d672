-- newest_recordings: ids of the newest published recordings that somebody finds in lists and may watch, by the rule of
-- domain/access for LIST and VIEW. The newest N lie in at most the N folders with the newest `newest_at` in which they
-- may, but for those that are not available yet or any more: take N of each by key, merge. `bound` is the `newest_at` of
-- the first folder that was not looked into: whoever asks looks into more when something newer than it is missing.
-- Beside their folders: recordings that the person owns, was added to, or that reach everybody by a level of their own.
-- Always one row at least. Indexes: folder_access_by_principal, folder_newest, folder_shared, recording_newest (read
-- without the rows themselves), recording_viewer_by_principal, recording_listed, recording_of_owner, hold_open.
WITH held AS MATERIALIZED (
    SELECT a.folder_id, bool_or(a.role IN ('creator', 'publisher')) AS is_insider
    FROM cathedra_folderaccess a
    WHERE a.principal_id = ANY (%(principals)s) AND a.role IN ('viewer', 'creator', 'publisher', 'content_organizer')
    GROUP BY a.folder_id
    UNION ALL
    SELECT f.id, TRUE
    FROM cathedra_systemroleholder h
    JOIN cathedra_systemrolescope s ON s.holder_id = h.id
    JOIN cathedra_folder sf ON sf.id = s.folder_id
    JOIN cathedra_folder f ON f.path <@ sf.path
    WHERE h.account_id = %(viewer)s AND h.role = 'videographer'
), nearest AS (
    (
        SELECT f.id, f.newest_at
        FROM cathedra_folder f
        WHERE f.newest_at IS NOT NULL AND f.id IN (SELECT folder_id FROM held)
        ORDER BY f.newest_at DESC NULLS LAST
        LIMIT %(folders)s + 1
    )
    UNION
    (
        SELECT f.id, f.newest_at
        FROM cathedra_folder f
        WHERE f.newest_at IS NOT NULL
          AND f.access_from_id IN (SELECT g.id FROM cathedra_folder g WHERE g.sharing = ANY (%(levels)s))
        ORDER BY f.newest_at DESC NULLS LAST
        LIMIT %(folders)s + 1
    )
), ranked AS MATERIALIZED (
    SELECT n.id, n.newest_at, row_number() OVER (ORDER BY n.newest_at DESC) AS place
    FROM nearest n
    ORDER BY n.newest_at DESC
    LIMIT %(folders)s + 1
), looked_into AS MATERIALIZED (
    SELECT f.id, EXISTS (SELECT 1 FROM held WHERE held.folder_id = f.id AND held.is_insider) AS is_insider,
           COALESCE(f.start, g.start, 'immediately') AS start,
           CASE WHEN f.start IS NULL THEN g.starts_at ELSE f.starts_at END AS starts_at,
           CASE WHEN f."end" IS NULL THEN g.ends_at ELSE f.ends_at END AS ends_at,
           COALESCE(f.release_delay_hours, g.release_delay_hours, 0) AS delay
    FROM ranked n
    JOIN cathedra_folder f ON f.id = n.id
    JOIN cathedra_folder g ON g.id = f.access_from_id
    WHERE n.place <= %(folders)s
), in_folders AS (
    SELECT r.id, r.created_at
    FROM looked_into n
    CROSS JOIN LATERAL (
        SELECT r.id, r.created_at
        FROM cathedra_recording r
        WHERE r.folder_id = n.id
          AND r.media_state = 'READY' AND r.publication = 'PUBLISHED' AND r.keeping = 'ONLINE'
          AND NOT EXISTS (SELECT 1 FROM cathedra_hold h WHERE h.recording_id = r.id AND h.released_at IS NULL)
          AND (r.reference_of_id IS NULL OR EXISTS (
              SELECT 1
              FROM cathedra_recording o
              WHERE o.id = r.reference_of_id AND o.media_state = 'READY' AND o.publication = 'PUBLISHED'
                AND o.keeping = 'ONLINE'
                AND NOT EXISTS (SELECT 1 FROM cathedra_hold h WHERE h.recording_id = o.id AND h.released_at IS NULL)
          ))
          AND (n.is_insider OR (
              CASE r.start
                  WHEN 'immediately' THEN TRUE
                  WHEN 'date' THEN r.starts_at <= %(now)s
                  WHEN 'with_folder' THEN n.start <> 'never_unless_session'
                      AND (n.start <> 'date' OR n.starts_at <= %(now)s)
                      AND (n.delay = 0 OR r.origin <> 'scheduled' OR r.ready_at + n.delay * interval '1 hour' <= %(now)s)
                  ELSE FALSE
              END
              AND CASE r."end"
                  WHEN 'forever' THEN TRUE
                  WHEN 'date' THEN r.ends_at > %(now)s
                  ELSE n.ends_at IS NULL OR n.ends_at > %(now)s
              END
          ))
        ORDER BY r.created_at DESC, r.id DESC
        LIMIT %(count)s
    ) r
), beside AS (
    SELECT w.recording_id AS id FROM cathedra_recordingviewer w WHERE w.principal_id = ANY (%(principals)s)
    UNION
    (
        SELECT r.id
        FROM cathedra_recording r
        WHERE r.sharing IN ('organisation', 'public') AND r.sharing = ANY (%(levels)s)
          AND r.media_state = 'READY' AND r.publication = 'PUBLISHED' AND r.keeping = 'ONLINE'
        ORDER BY r.created_at DESC, r.id DESC
        LIMIT %(count)s * 5
    )
    UNION
    (
        SELECT r.id
        FROM cathedra_recording r
        WHERE r.owner_id = %(viewer)s
          AND r.media_state = 'READY' AND r.publication = 'PUBLISHED' AND r.keeping = 'ONLINE'
        ORDER BY r.created_at DESC, r.id DESC
        LIMIT %(count)s * 5
    )
), by_themselves AS (
    SELECT r.id, r.created_at
    FROM beside b
    JOIN cathedra_recording r ON r.id = b.id
    JOIN cathedra_folder f ON f.id = r.folder_id
    JOIN cathedra_folder g ON g.id = f.access_from_id
    WHERE r.media_state = 'READY' AND r.publication = 'PUBLISHED' AND r.keeping = 'ONLINE'
      AND NOT EXISTS (SELECT 1 FROM cathedra_hold h WHERE h.recording_id = r.id AND h.released_at IS NULL)
      AND (r.reference_of_id IS NULL OR EXISTS (
          SELECT 1
          FROM cathedra_recording o
          WHERE o.id = r.reference_of_id AND o.media_state = 'READY' AND o.publication = 'PUBLISHED'
            AND o.keeping = 'ONLINE'
            AND NOT EXISTS (SELECT 1 FROM cathedra_hold h WHERE h.recording_id = o.id AND h.released_at IS NULL)
      ))
      AND (r.owner_id = %(viewer)s OR (
          CASE r.start
              WHEN 'immediately' THEN TRUE
              WHEN 'date' THEN r.starts_at <= %(now)s
              WHEN 'with_folder' THEN COALESCE(f.start, g.start, 'immediately') <> 'never_unless_session'
                  AND (COALESCE(f.start, g.start, 'immediately') <> 'date'
                       OR CASE WHEN f.start IS NULL THEN g.starts_at ELSE f.starts_at END <= %(now)s)
                  AND (COALESCE(f.release_delay_hours, g.release_delay_hours, 0) = 0 OR r.origin <> 'scheduled'
                       OR r.ready_at + COALESCE(f.release_delay_hours, g.release_delay_hours) * interval '1 hour'
                          <= %(now)s)
              ELSE FALSE
          END
          AND CASE r."end"
              WHEN 'forever' THEN TRUE
              WHEN 'date' THEN r.ends_at > %(now)s
              ELSE COALESCE(CASE WHEN f."end" IS NULL THEN g.ends_at ELSE f.ends_at END > %(now)s, TRUE)
          END
      ))
), found AS (
    SELECT id, created_at FROM in_folders
    UNION
    SELECT id, created_at FROM by_themselves
    ORDER BY created_at DESC, id DESC
    LIMIT %(count)s
)
SELECT found.id, found.created_at, (SELECT n.newest_at FROM ranked n WHERE n.place = %(folders)s + 1) AS bound
FROM (SELECT 1) one
LEFT JOIN found ON TRUE
ORDER BY found.created_at DESC, found.id DESC
