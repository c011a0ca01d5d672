-- meter_breakdown: what is stored and archived now, by one thing after the other (R111): of the whole library, of an owner,
-- of a department (by the words of meter_facts), or of a folder and those below it that are seen by the same people. The
-- words are those of meter_kept, the uses those of `domain/metering.use_of`; tests hold them together. Line by line from a
-- place on: most stored first. Who watched is looked up for LAST_WATCHED alone.
WITH kept AS MATERIALIZED (
    SELECT r.id, r.ready_at, r.keeping = 'RECYCLED' AS is_binned, (r.duration_ms + 500) / 1000 AS seconds,
           r.keeping IN ('ARCHIVED', 'RESTORING')
               OR (r.keeping = 'RECYCLED' AND r.recycled_from IS NOT DISTINCT FROM 'ARCHIVED') AS is_archived,
           CASE %(by)s
               WHEN 'DEPARTMENT' THEN coalesce(f.department_id, c.department_id, o.department_id)::text
               WHEN 'FOLDER' THEN r.folder_id::text
               WHEN 'ORIGIN' THEN r.origin
               WHEN 'ACADEMIC_YEAR' THEN c.academic_year
               WHEN 'LAST_WATCHED' THEN NULL
               ELSE r.owner_id::text
           END AS key
      FROM cathedra_recording r
      JOIN cathedra_folder f ON f.id = r.folder_id
      JOIN cathedra_account o ON o.id = r.owner_id
      LEFT JOIN cathedra_course c ON c.id = f.course_id
     WHERE r.media_state = 'READY' AND r.origin <> 'reference_copy' AND r.duration_ms >= 500 AND r.keeping <> 'PURGED'
       AND (%(owner)s::uuid IS NULL OR r.owner_id = %(owner)s::uuid)
       AND (%(department)s::uuid IS NULL
            OR coalesce(f.department_id, c.department_id, o.department_id) = %(department)s::uuid)
       AND (%(folder)s::uuid IS NULL
            OR (f.path <@ (SELECT path FROM cathedra_folder WHERE id = %(folder)s::uuid)
                AND f.access_from_id = (SELECT access_from_id FROM cathedra_folder WHERE id = %(folder)s::uuid)))
       AND (%(by)s <> 'LEAVER' OR NOT o.is_active)
       AND (%(by)s <> 'BIN' OR r.keeping = 'RECYCLED')
), played AS (
    SELECT k.id, k.id AS played_id FROM kept k WHERE %(by)s = 'LAST_WATCHED'
    UNION ALL
    SELECT k.id, c.id
      FROM kept k
      JOIN cathedra_recording c ON c.reference_of_id = k.id
     WHERE %(by)s = 'LAST_WATCHED'
), watched AS (
    SELECT p.id, max(v.at) AS at
      FROM played p
      JOIN (SELECT recording_id, updated_at AS at FROM cathedra_viewingposition
            UNION ALL SELECT recording_id, last_at FROM cathedra_viewtotals) v ON v.recording_id = p.played_id
     GROUP BY p.id
), said AS (
    SELECT k.seconds, k.is_archived, k.is_binned,
           CASE WHEN %(by)s <> 'LAST_WATCHED' THEN coalesce(k.key, '')
                WHEN k.is_binned THEN 'BINNED'
                WHEN w.at IS NULL AND k.ready_at > %(settled)s THEN 'NEW'
                WHEN w.at IS NULL THEN 'NEVER_WATCHED'
                WHEN w.at <= %(watched)s THEN 'LONG_UNWATCHED'
                ELSE 'WATCHED' END AS key
      FROM kept k
      LEFT JOIN watched w ON w.id = k.id
), sums AS (
    SELECT key, count(*) AS recordings,
           coalesce(sum(seconds) FILTER (WHERE NOT is_archived), 0)::bigint AS stored_s,
           coalesce(sum(seconds) FILTER (WHERE is_archived), 0)::bigint AS archived_s,
           coalesce(sum(seconds) FILTER (WHERE is_binned AND NOT is_archived), 0)::bigint AS binned_s
      FROM said
     GROUP BY key
), page AS (
    SELECT *
      FROM sums
     WHERE %(stored)s::bigint IS NULL
        OR (-stored_s, -archived_s, key) > (-%(stored)s::bigint, -%(archived)s::bigint, %(key)s)
     ORDER BY stored_s DESC, archived_s DESC, key
     LIMIT %(limit)s
)
SELECT p.key, coalesce(f.name, d.name, a.full_name, ''), 
       -- the folder above is named to those who run the service or answer for the department, not where it may be hidden
       coalesce(CASE WHEN %(owner)s::uuid IS NULL AND %(folder)s::uuid IS DISTINCT FROM f.id THEN above.name END,
                its.name, ''),
       coalesce(NOT a.is_active, FALSE), p.stored_s, p.archived_s, p.binned_s, p.recordings
  FROM page p
  LEFT JOIN cathedra_folder f ON %(by)s = 'FOLDER' AND f.id::text = p.key
  LEFT JOIN cathedra_folder above ON above.id = f.parent_id
  LEFT JOIN cathedra_department d ON %(by)s = 'DEPARTMENT' AND d.id::text = p.key
  LEFT JOIN cathedra_account a ON %(by)s IN ('OWNER', 'LEAVER', 'BIN') AND a.id::text = p.key
  LEFT JOIN cathedra_department its ON its.id = a.department_id
 ORDER BY p.stored_s DESC, p.archived_s DESC, p.key
