-- newest_recordings: ids of the newest published recordings that somebody finds in lists and may watch, by the rule of
-- domain/access for LIST and VIEW. The newest N lie in at most the N folders with the newest `newest_at` in which they
-- may, but for those that are not available yet or any more: take N of each by key, merge. `bound` is the `newest_at` of
-- the first folder that was not looked into, and nothing older is looked at: whoever asks looks into more when fewer are
-- found than were asked for.
-- Those folders come by key for somebody who sees few, else from a walk down folder_newest that probes what they see.
-- Beside their folders: recordings that the person owns, was added to, or that reach everybody by a level of their own,
-- as far as they are not older than all of those (`since`).
-- To whom recordings were added one by one is read by time as long as that is little (`named`), else by person.
-- Always one row. Indexes: folder_access_by_principal, folder_newest and recording_newest (both read without the rows
-- themselves), folder_shared, membership_once, recording_viewer_lately, recording_viewer_newest, recording_listed,
-- recording_of_owner, hold_open.
WITH mine AS MATERIALIZED (
    SELECT %(viewer)s::uuid || ARRAY(SELECT m.group_id FROM cathedra_membership m WHERE m.account_id = %(viewer)s) AS ids
), held AS MATERIALIZED (
    SELECT a.folder_id, a.role IN ('creator', 'publisher') AS is_insider, a.role <> 'viewer' AS sees_all
    FROM cathedra_folderaccess a
    WHERE a.principal_id = ANY ((SELECT ids FROM mine)::uuid[])
      AND a.role IN ('viewer', 'creator', 'publisher', 'content_organizer')
    UNION ALL
    SELECT f.id, TRUE, TRUE
    FROM cathedra_systemroleholder h
    JOIN cathedra_systemrolescope s ON s.holder_id = h.id
    JOIN cathedra_folder sf ON sf.id = s.folder_id
    JOIN cathedra_folder f ON f.path <@ sf.path
    WHERE h.account_id = %(viewer)s AND h.role = 'videographer'
), open AS MATERIALIZED (
    SELECT g.id FROM cathedra_folder g WHERE g.sharing <> 'restricted' AND g.sharing = ANY (%(levels)s)
), few AS MATERIALIZED (
    SELECT seen.id
    FROM (
        SELECT held.folder_id AS id FROM held
        UNION ALL
        SELECT f.id FROM open JOIN cathedra_folder f ON f.access_from_id = open.id
    ) seen
    LIMIT 41
), nearest AS (
    (
        SELECT f.id, f.newest_at, f.access_from_id, f.start, f.starts_at, f."end", f.ends_at,
               f.release_delay_hours, f.kind
        FROM cathedra_folder f
        WHERE (SELECT count(*) > 40 FROM few) AND f.newest_at IS NOT NULL
          AND (f.id IN (SELECT folder_id FROM held) OR f.access_from_id IN (SELECT id FROM open))
        ORDER BY f.newest_at DESC NULLS LAST
        LIMIT %(folders)s + 1
    )
    UNION ALL
    SELECT f.id, f.newest_at, f.access_from_id, f.start, f.starts_at, f."end", f.ends_at,
           f.release_delay_hours, f.kind
    FROM (SELECT DISTINCT few.id FROM few) few
    JOIN cathedra_folder f ON f.id = few.id
    WHERE (SELECT count(*) <= 40 FROM few) AND f.newest_at IS NOT NULL
), ranked AS MATERIALIZED (
    SELECT n.*, row_number() OVER (ORDER BY n.newest_at DESC) AS place
    FROM nearest n
    ORDER BY n.newest_at DESC
    LIMIT %(folders)s + 1
), beyond AS MATERIALIZED (
    SELECT (SELECT n.newest_at FROM ranked n WHERE n.place = %(folders)s + 1) AS bound
), looked_into AS MATERIALIZED (
    SELECT n.id, EXISTS (SELECT 1 FROM held WHERE held.folder_id = n.id AND held.is_insider) AS is_insider,
           COALESCE(n.start, g.start, 'immediately') AS start,
           CASE WHEN n.start IS NULL THEN g.starts_at ELSE n.starts_at END AS starts_at,
           CASE WHEN n."end" IS NULL THEN g.ends_at ELSE n.ends_at END AS ends_at,
           COALESCE(n.release_delay_hours, g.release_delay_hours, 0) AS delay
    FROM ranked n
    LEFT JOIN cathedra_folder g ON g.id = CASE
        WHEN n.start IS NULL OR n."end" IS NULL OR n.release_delay_hours IS NULL THEN NULLIF(n.access_from_id, n.id)
    END
    WHERE n.place <= %(folders)s AND ( -- in an assignment folder Viewers have only what they own, which is beside (R183)
        n.kind <> 'assignment' OR EXISTS (SELECT 1 FROM held WHERE held.folder_id = n.id AND held.sees_all)
    )
), in_folders AS (
    SELECT r.id, r.created_at
    FROM looked_into n
    CROSS JOIN LATERAL (
        SELECT r.id, r.created_at
        FROM cathedra_recording r
        WHERE r.folder_id = n.id AND r.created_at >= (SELECT COALESCE(bound, '-infinity') FROM beyond)
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
), oldest AS MATERIALIZED (
    SELECT COALESCE((
        SELECT i.created_at FROM in_folders i ORDER BY i.created_at DESC OFFSET %(count)s - 1 LIMIT 1
    ), bound, '-infinity') AS since
    FROM beyond
), named AS MATERIALIZED (
    SELECT w.recording_id AS id, w.principal_id
    FROM cathedra_recordingviewer w
    WHERE w.recording_created_at >= (SELECT since FROM oldest)
    ORDER BY w.recording_created_at DESC
    LIMIT 101
), beside AS (
    SELECT n.id
    FROM named n
    WHERE (SELECT count(*) <= 100 FROM named) AND n.principal_id IN (SELECT unnest(ids) FROM mine)
    UNION
    SELECT w.recording_id
    FROM cathedra_recordingviewer w
    WHERE (SELECT count(*) > 100 FROM named) AND w.principal_id = ANY ((SELECT ids FROM mine)::uuid[])
      AND w.recording_created_at >= (SELECT since FROM oldest)
    UNION
    (
        SELECT r.id
        FROM cathedra_recording r
        WHERE r.sharing IN ('organisation', 'public') AND r.sharing = ANY (%(levels)s)
          AND r.created_at >= (SELECT since FROM oldest)
          AND r.media_state = 'READY' AND r.publication = 'PUBLISHED' AND r.keeping = 'ONLINE'
        ORDER BY r.created_at DESC, r.id DESC
        LIMIT %(count)s * 5
    )
    UNION
    (
        SELECT r.id
        FROM cathedra_recording r
        WHERE r.owner_id = %(viewer)s AND r.created_at >= (SELECT since FROM oldest)
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
    WHERE r.created_at >= (SELECT since FROM oldest)
      AND r.media_state = 'READY' AND r.publication = 'PUBLISHED' AND r.keeping = 'ONLINE'
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
SELECT ARRAY(SELECT found.id FROM found ORDER BY found.created_at DESC, found.id DESC) AS ids, beyond.bound
FROM beyond
