-- search_recordings: ids of the newest recordings that are found by what somebody asks, in places that they may reach at
-- all; whether they may see each of them is for the access rule, which is asked next. As many as `count` whose words
-- match, half as many whose title or tags do, and those with a note that does: the person's own, or a public one while the
-- folder allows such (R218). One row, and in it each once.
-- Places are folders (`rooms`): those in which they may (`is_whole`), and those of the recordings that reach them by
-- themselves (`single`). A common word stands in most of the documents, so of each of these only its folder is looked up.
-- Phrases are asked as their words: where words stand would have to be unpacked from every vector. For the same
-- reason no vector is read here (what shall not be there is asked of titles and of all words alike): whoever asks forbids the scan of the table, which the planner takes for cheap.
-- Indexes: search_words, note_words, folder_access_by_principal, folder_shared, recording_viewer_by_principal,
-- recording_of_owner, recording_leveled, cathedra_recording_pkey.
WITH asked AS MATERIALIZED (
    SELECT words, CASE WHEN words::text LIKE '%%!%%' THEN titled && words ELSE titled END AS titled
    FROM to_tsquery('cathedra', %(loose)s) words
    CROSS JOIN LATERAL (
        SELECT regexp_replace(to_tsquery('cathedra', %(titled)s)::text, '''([^'']+)''', '''=\1''', 'g')::tsquery AS titled
    ) t
), wanted AS MATERIALIZED (
    SELECT f.id
    FROM cathedra_folder f
    WHERE (%(within)s::ltree IS NULL OR f.path <@ %(within)s::ltree)
      AND (%(course)s::uuid IS NULL OR f.course_id = %(course)s::uuid)
      AND (%(within)s::ltree IS NOT NULL OR %(course)s::uuid IS NOT NULL)
), single AS MATERIALIZED (
    SELECT r.id, r.folder_id, TRUE AS is_own FROM cathedra_recording r WHERE r.owner_id = %(viewer)s
    UNION ALL
    SELECT r.id, r.folder_id, FALSE
    FROM cathedra_recordingviewer w
    JOIN cathedra_recording r ON r.id = w.recording_id
    WHERE w.principal_id = ANY (%(principals)s)
    UNION ALL
    SELECT r.id, r.folder_id, FALSE
    FROM cathedra_recording r
    WHERE r.sharing IS NOT NULL AND r.sharing = ANY (%(levels)s)
), rooms AS MATERIALIZED (
    SELECT reached.id, bool_or(reached.is_whole) AS is_whole
    FROM (
        SELECT a.folder_id AS id, TRUE AS is_whole
        FROM cathedra_folderaccess a
        WHERE a.principal_id = ANY (%(principals)s)
        UNION ALL
        SELECT f.id, TRUE
        FROM cathedra_folder g
        JOIN cathedra_folder f ON f.access_from_id = g.id
        WHERE g.sharing <> 'restricted' AND g.sharing = ANY (%(levels)s)
        UNION ALL
        SELECT f.id, TRUE FROM cathedra_folder f WHERE f.path <@ ANY (%(paths)s::ltree[])
        UNION ALL
        SELECT single.folder_id, FALSE FROM single
    ) reached
    GROUP BY reached.id
), worded AS (
    SELECT d.id, d.recorded_at
    FROM (
        SELECT d.recording_id AS id, d.folder_id, d.recorded_at, rooms.is_whole
        FROM cathedra_searchdocument d
        JOIN rooms ON rooms.id = d.folder_id
        WHERE d.words @@ (SELECT words FROM asked)
        OFFSET 0 -- what follows is asked of those alone
    ) d
    WHERE (d.is_whole OR d.id IN (SELECT id FROM single))
      AND (%(is_placed)s IS FALSE OR d.folder_id IN (SELECT id FROM wanted))
      AND (%(is_own)s IS FALSE OR d.id IN (SELECT id FROM single WHERE is_own))
      AND (%(since)s::timestamptz IS NULL OR d.recorded_at >= %(since)s::timestamptz)
      AND (%(until)s::timestamptz IS NULL OR d.recorded_at < %(until)s::timestamptz)
    ORDER BY d.recorded_at DESC, d.id DESC
    LIMIT %(count)s
), titled AS (
    SELECT d.id, d.recorded_at
    FROM (
        SELECT d.recording_id AS id, d.folder_id, d.recorded_at, rooms.is_whole
        FROM cathedra_searchdocument d
        JOIN rooms ON rooms.id = d.folder_id
        WHERE d.words @@ (SELECT titled FROM asked)
        OFFSET 0 -- what follows is asked of those alone
    ) d
    WHERE (d.is_whole OR d.id IN (SELECT id FROM single))
      AND (%(is_placed)s IS FALSE OR d.folder_id IN (SELECT id FROM wanted))
      AND (%(is_own)s IS FALSE OR d.id IN (SELECT id FROM single WHERE is_own))
      AND (%(since)s::timestamptz IS NULL OR d.recorded_at >= %(since)s::timestamptz)
      AND (%(until)s::timestamptz IS NULL OR d.recorded_at < %(until)s::timestamptz)
    ORDER BY d.recorded_at DESC, d.id DESC
    LIMIT %(count)s / 2
), noted AS (
    SELECT DISTINCT r.id
    FROM cathedra_note n
    JOIN cathedra_recording r ON r.id = n.recording_id
    JOIN cathedra_folder f ON f.id = r.folder_id
    JOIN cathedra_folder g ON g.id = f.access_from_id
    WHERE to_tsvector('cathedra'::regconfig, COALESCE(n.text, '')) @@ (SELECT words FROM asked)
      AND (n.account_id = %(viewer)s OR (n.is_public AND COALESCE(f.public_notes, g.public_notes, FALSE)))
      AND (r.folder_id IN (SELECT id FROM rooms WHERE is_whole) OR r.id IN (SELECT id FROM single))
      AND (%(is_placed)s IS FALSE OR r.folder_id IN (SELECT id FROM wanted))
      AND (%(is_own)s IS FALSE OR r.id IN (SELECT id FROM single WHERE is_own))
      AND (%(since)s::timestamptz IS NULL OR COALESCE(r.captured_at, r.created_at) >= %(since)s::timestamptz)
      AND (%(until)s::timestamptz IS NULL OR COALESCE(r.captured_at, r.created_at) < %(until)s::timestamptz)
    LIMIT %(count)s
)
SELECT ARRAY(SELECT id FROM worded) AS worded,
       ARRAY(SELECT t.id FROM titled t WHERE t.id NOT IN (SELECT id FROM worded)) AS titled,
       ARRAY(
           SELECT n.id FROM noted n WHERE n.id NOT IN (SELECT id FROM worded) AND n.id NOT IN (SELECT id FROM titled)
       ) AS noted
