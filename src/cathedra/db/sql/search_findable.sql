-- search_findable: those of some recordings that somebody may find, with where they are, by the rule of domain/access: what
-- LIST and VIEW permit, and of what is in the archive, or on its way back, what LIST and RESTORE_FROM_ARCHIVE permit
-- (R211); without grants (R145). A test over random worlds holds it to the rule; neither may change alone.
-- An insider (R43) holds creator or publisher, is the videographer there, or owns it. Reads by key, for a hundred ids.
WITH asked AS (
    SELECT r.*, f.name AS folder_name, f.course_id, f.path,
           COALESCE(f.start, g.start, 'immediately') AS folder_start,
           CASE WHEN f.start IS NULL THEN g.starts_at ELSE f.starts_at END AS folder_starts_at,
           CASE WHEN f."end" IS NULL THEN g.ends_at ELSE f.ends_at END AS folder_ends_at,
           COALESCE(f.release_delay_hours, g.release_delay_hours, 0) AS delay,
           ro.has_one AND (f.kind <> 'assignment' OR ro.sees_all) AS has_role, -- R183
           r.owner_id = %(viewer)s AS is_owner,
           ro.is_insider OR COALESCE(r.owner_id = %(viewer)s, FALSE)
               OR f.path <@ ANY (%(paths)s::ltree[]) AS is_insider,
           (f.kind <> 'assignment' AND g.sharing = ANY (%(levels)s)) OR COALESCE(r.sharing = ANY (%(levels)s), FALSE) AS is_reached,
           (f.kind <> 'assignment' AND g.sharing = ANY (%(beyond)s)) OR COALESCE(r.sharing = ANY (%(beyond)s), FALSE) AS is_beyond,
           EXISTS (SELECT 1 FROM cathedra_hold h WHERE h.recording_id = r.id AND h.released_at IS NULL) AS is_held
    FROM cathedra_recording r
    JOIN cathedra_folder f ON f.id = r.folder_id
    JOIN cathedra_folder g ON g.id = f.access_from_id
    CROSS JOIN LATERAL (
        SELECT count(*) > 0 AS has_one, COALESCE(bool_or(a.role IN ('creator', 'publisher')), FALSE) AS is_insider,
               COALESCE(bool_or(a.role <> 'viewer'), FALSE) AS sees_all
        FROM cathedra_folderaccess a
        WHERE a.folder_id = r.folder_id AND a.principal_id IN (SELECT unnest(%(principals)s::uuid[])) -- hashed once
          AND a.role IN ('viewer', 'creator', 'publisher', 'content_organizer')
    ) ro
    WHERE r.id = ANY (%(ids)s) AND r.keeping IN ('ONLINE', 'ARCHIVED', 'RESTORING')
      AND (r.origin <> 'import' OR r.media_state <> 'EMPTY' OR r.owner_id = %(viewer)s) -- R93
), permitted AS (
    SELECT a.*,
           CASE a.start
               WHEN 'immediately' THEN TRUE
               WHEN 'date' THEN a.starts_at <= %(now)s
               WHEN 'with_folder' THEN a.folder_start <> 'never_unless_session'
                   AND (a.folder_start <> 'date' OR a.folder_starts_at <= %(now)s)
                   AND (a.delay = 0 OR a.origin <> 'scheduled' OR a.ready_at IS NULL
                        OR a.ready_at + a.delay * interval '1 hour' <= %(now)s)
               ELSE FALSE
           END
           AND CASE a."end"
               WHEN 'forever' THEN TRUE
               WHEN 'date' THEN a.ends_at > %(now)s
               ELSE a.folder_ends_at IS NULL OR a.folder_ends_at > %(now)s
           END AS is_available
    FROM asked a
    WHERE a.has_role OR a.is_insider OR a.is_reached
       OR EXISTS (
           SELECT 1
           FROM cathedra_recordingviewer w
           WHERE w.recording_id = a.id AND w.principal_id = ANY (%(principals)s)
       )
       OR (a.is_beyond AND EXISTS (
           SELECT 1
           FROM cathedra_exemption x
           LEFT JOIN cathedra_folder e ON e.id = x.folder_id
           WHERE x.kind = 'public_sharing' AND x.ended_at IS NULL AND x.expires_at > %(now)s
             AND (x.recording_id = a.id OR a.path <@ e.path)
       ))
)
SELECT p.id, p.folder_id, p.folder_name, p.course_id, COALESCE(c.short_name, '') AS course
FROM permitted p
LEFT JOIN cathedra_course c ON c.id = p.course_id
WHERE (p.is_insider OR p.is_available) AND CASE
    WHEN p.keeping <> 'ONLINE' THEN %(viewer)s::uuid IS NOT NULL AND (p.is_insider OR (
        p.publication NOT IN ('WAITING', 'REJECTED') AND (p.keeping = 'RESTORING' OR NOT p.is_held)
    ))
    ELSE p.media_state = 'READY'
        AND CASE
            WHEN NOT p.is_held THEN p.publication = 'PUBLISHED'
                OR (p.is_insider AND p.publication IN ('WAITING', 'REJECTED'))
            ELSE COALESCE(p.is_owner, FALSE) AND NOT EXISTS (
                SELECT 1
                FROM cathedra_hold h
                WHERE h.recording_id = p.id AND h.released_at IS NULL AND h.kind = 'takedown_legal'
            )
        END
        AND (p.reference_of_id IS NULL OR EXISTS (
            SELECT 1
            FROM cathedra_recording o
            CROSS JOIN LATERAL (
                SELECT count(*) > 0 AS is_held, COALESCE(bool_or(h.kind = 'takedown_legal'), FALSE) AS is_legal
                FROM cathedra_hold h
                WHERE h.recording_id = o.id AND h.released_at IS NULL
            ) held
            WHERE o.id = p.reference_of_id AND o.keeping = 'ONLINE' AND o.media_state = 'READY'
              AND CASE
                  WHEN held.is_held THEN COALESCE(o.owner_id = %(viewer)s, FALSE) AND NOT held.is_legal
                  ELSE o.publication = 'PUBLISHED' OR (
                      COALESCE(o.owner_id = %(viewer)s, FALSE) AND o.publication IN ('WAITING', 'REJECTED')
                  )
              END
        ))
END
