-- retention_purge: a recording is destroyed (T36, T37): what is left of it is its tombstone (R58), with the names of its
-- folder and of those above; its files are still to be removed. What was made of it, what is found of it and what its
-- viewers left with it goes in the same statement. No row when it stood elsewhere.
WITH moved AS (
    UPDATE cathedra_recording
       SET keeping = 'PURGED', recycled_from = NULL, description = '', tags = '{}', dropped = '[]', updated_at = %(now)s::timestamptz,
           version = version + 1
     WHERE id = %(id)s AND keeping = %(source)s
    RETURNING id, owner_id, folder_id, title, duration_ms, created_at
), stone AS (
    INSERT INTO cathedra_tombstone
        (recording_id, owner_id, folder_id, folder_path, title, duration_ms, created_at, archived_at, purged_at, reason, run_id)
    SELECT m.id, m.owner_id, m.folder_id, above.names, m.title, m.duration_ms, m.created_at, k.archived_at, %(now)s::timestamptz,
           %(reason)s::text, %(run)s::uuid
      FROM moved m
      JOIN cathedra_folder f ON f.id = m.folder_id
      LEFT JOIN cathedra_kept k ON k.recording_id = m.id
      CROSS JOIN LATERAL (
          SELECT coalesce(string_agg(named.name, ' / ' ORDER BY part.depth), '') AS names
            FROM unnest(string_to_array(f.path::text, '.')::uuid[]) WITH ORDINALITY AS part (id, depth)
            JOIN cathedra_folder named ON named.id = part.id
      ) above
), made AS (
    SELECT t.id FROM moved JOIN cathedra_source s ON s.recording_id = moved.id JOIN cathedra_stream t ON t.source_id = s.id
), renditions AS (
    DELETE FROM cathedra_rendition WHERE stream_id IN (SELECT id FROM made)
), slides AS (
    DELETE FROM cathedra_slide WHERE recording_id IN (SELECT id FROM moved)
), streams AS (
    DELETE FROM cathedra_stream WHERE id IN (SELECT id FROM made)
), sources AS (
    DELETE FROM cathedra_source WHERE recording_id IN (SELECT id FROM moved)
), viewers AS (
    DELETE FROM cathedra_recordingviewer WHERE recording_id IN (SELECT id FROM moved)
), gone_searchdocument AS (
    DELETE FROM cathedra_searchdocument WHERE recording_id IN (SELECT id FROM moved)
), gone_searchpart AS (
    DELETE FROM cathedra_searchpart WHERE recording_id IN (SELECT id FROM moved)
), gone_searchlines AS (
    DELETE FROM cathedra_searchlines WHERE recording_id IN (SELECT id FROM moved)
), gone_analysis AS (
    DELETE FROM cathedra_analysis WHERE recording_id IN (SELECT id FROM moved)
), gone_captiontrack AS (
    DELETE FROM cathedra_captiontrack WHERE recording_id IN (SELECT id FROM moved)
), gone_slidedeck AS (
    DELETE FROM cathedra_slidedeck WHERE recording_id IN (SELECT id FROM moved)
), gone_audiodescription AS (
    DELETE FROM cathedra_audiodescription WHERE recording_id IN (SELECT id FROM moved)
), gone_chapter AS (
    DELETE FROM cathedra_chapter WHERE recording_id IN (SELECT id FROM moved)
), gone_chapterlist AS (
    DELETE FROM cathedra_chapterlist WHERE recording_id IN (SELECT id FROM moved)
), gone_edit AS (
    DELETE FROM cathedra_edit WHERE recording_id IN (SELECT id FROM moved)
), gone_viewevent AS (
    DELETE FROM cathedra_viewevent WHERE recording_id IN (SELECT id FROM moved)
), gone_viewprogress AS (
    DELETE FROM cathedra_viewprogress WHERE recording_id IN (SELECT id FROM moved)
), gone_viewtotals AS (
    DELETE FROM cathedra_viewtotals WHERE recording_id IN (SELECT id FROM moved)
), gone_viewfigures AS (
    DELETE FROM cathedra_viewfigures WHERE recording_id IN (SELECT id FROM moved)
), positions AS (
    DELETE FROM cathedra_viewingposition WHERE recording_id IN (SELECT id FROM moved)
), gone_intake AS (
    DELETE FROM cathedra_intake WHERE recording_id IN (SELECT id FROM moved)
), gone_capture AS (
    DELETE FROM cathedra_capture WHERE recording_id IN (SELECT id FROM moved)
), gone_schedulerecorder AS (
    DELETE FROM cathedra_schedulerecorder WHERE schedule_id IN (SELECT id FROM moved)
), gone_schedule AS (
    DELETE FROM cathedra_schedule WHERE recording_id IN (SELECT id FROM moved)
), gone_note AS (
    DELETE FROM cathedra_note WHERE recording_id IN (SELECT id FROM moved)
), gone_bookmark AS (
    DELETE FROM cathedra_bookmark WHERE recording_id IN (SELECT id FROM moved)
), kept AS (
    INSERT INTO cathedra_kept (recording_id, purged_at, is_by_decision, has_leftovers)
    SELECT id, %(now)s::timestamptz, FALSE, TRUE FROM moved
    ON CONFLICT (recording_id) DO UPDATE SET purged_at = EXCLUDED.purged_at, recycled_at = NULL, has_leftovers = TRUE
)
SELECT id FROM moved
