-- store_document: what a recording is found by, if it is still as it was when that was read. One row: whether it was
-- put away. The recording is held meanwhile, so that it cannot be moved between being read here and being put away.
-- A vector that lies beside its row (TOAST, from 2 kB on) is put away once more in parts: `search_ranked.sql` reads one.
-- The words that stand for titles alone are in none, but `length` counts them, as ts_rank does.
-- PostgreSQL keeps no place after the 16,383rd and no more than 255 of one word: where that leaves out a place, the words lie
-- also in `stretches`, numbered after the parts, in which a phrase is found wherever it stands.
-- Words are put away in their order, so that two who know the same new words do not wait for each other crosswise.
WITH here AS MATERIALIZED (
    SELECT r.id, r.folder_id, COALESCE(r.captured_at, r.created_at) AS recorded_at
    FROM cathedra_recording r
    WHERE r.id = %(recording_id)s AND r.content_version = %(content_version)s AND r.keeping <> 'PURGED'
    FOR SHARE
), titles AS (
    SELECT to_tsvector('cathedra', %(titles)s) AS words
), built AS MATERIALIZED (
    SELECT h.id, h.folder_id, h.recorded_at,
           setweight(t.words, 'A')
           || setweight(to_tsvector('cathedra', %(headings)s), 'B')
           || setweight(to_tsvector('cathedra', %(texts)s), 'C')
           || setweight(to_tsvector('cathedra', %(speech)s), 'D')
           || array_to_tsvector(ARRAY (SELECT '=' || one FROM unnest(tsvector_to_array(t.words)) one)) AS words
    FROM here h
    CROSS JOIN titles t
), made AS (
    INSERT INTO cathedra_searchdocument (recording_id, content_version, folder_id, recorded_at, words, made_at)
    SELECT b.id, %(content_version)s, b.folder_id, b.recorded_at, b.words, %(now)s
    FROM built b
    ON CONFLICT (recording_id) DO UPDATE
    SET content_version = EXCLUDED.content_version, folder_id = EXCLUDED.folder_id,
        recorded_at = EXCLUDED.recorded_at, words = EXCLUDED.words, made_at = EXCLUDED.made_at
    RETURNING recording_id
), parts AS MATERIALIZED (
    SELECT b.id, (ascii(substr(one, 2)) * 7 + ascii(substr(one, 3))) %% 32 AS number, string_agg(one, ' ')::tsvector AS words
    FROM built b
    CROSS JOIN string_to_table(b.words::text, ' ') one
    WHERE pg_column_size(b.words) > 2000 AND NOT starts_with(one, '''=')
    GROUP BY 1, 2
), stretches AS MATERIALIZED (
    SELECT b.id, 31 + one.number AS number, to_tsvector('cathedra', one.words) AS words
    FROM built b
    CROSS JOIN unnest(%(stretches)s::text[]) WITH ORDINALITY one (words, number)
    WHERE EXISTS (
        SELECT 1
        FROM unnest(b.words) w
        WHERE cardinality(w.positions) >= 255 OR w.positions[cardinality(w.positions)] >= 16383
    )
), parted AS (
    INSERT INTO cathedra_searchpart (recording_id, number, words, length)
    SELECT p.id, p.number, p.words, whole.length
    FROM (SELECT * FROM parts UNION ALL SELECT * FROM stretches) p
    CROSS JOIN (SELECT sum(GREATEST(cardinality(one.positions), 1)) AS length FROM built b, unnest(b.words) one) whole
    ON CONFLICT (recording_id, number) DO UPDATE SET words = EXCLUDED.words, length = EXCLUDED.length
), unparted AS (
    DELETE FROM cathedra_searchpart
    WHERE recording_id = (SELECT id FROM here) AND number NOT IN (
        SELECT number FROM parts UNION ALL SELECT number FROM stretches
    )
), lined AS (
    INSERT INTO cathedra_searchlines (recording_id, text, places, head, head_places)
    SELECT h.id, %(lines)s, %(places)s, %(head)s, %(head_places)s FROM here h
    ON CONFLICT (recording_id) DO UPDATE
    SET text = EXCLUDED.text, places = EXCLUDED.places, head = EXCLUDED.head, head_places = EXCLUDED.head_places
), spelt AS (
    INSERT INTO cathedra_searchword (word)
    SELECT DISTINCT unaccent(one) AS word FROM here h CROSS JOIN unnest(%(spelling)s::text[]) one ORDER BY 1
    ON CONFLICT DO NOTHING
)
SELECT EXISTS (SELECT 1 FROM made) AS is_stored
