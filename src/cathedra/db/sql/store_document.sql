-- store_document: what a recording is found by, if it is still as it was when that was read. One row: whether it was
-- put away. The recording is held meanwhile, so that it cannot be moved between being read here and being put away.
-- Words are put away in their order, so that two who know the same new words do not wait for each other crosswise.
WITH here AS MATERIALIZED (
    SELECT r.id, r.folder_id, COALESCE(r.captured_at, r.created_at) AS recorded_at
    FROM cathedra_recording r
    WHERE r.id = %(recording_id)s AND r.content_version = %(content_version)s AND r.keeping <> 'PURGED'
    FOR SHARE
), titles AS (
    SELECT to_tsvector('cathedra', %(titles)s) AS words
), made AS (
    INSERT INTO cathedra_searchdocument (recording_id, content_version, folder_id, recorded_at, words, made_at)
    SELECT h.id, %(content_version)s, h.folder_id, h.recorded_at,
           setweight(t.words, 'A')
           || setweight(to_tsvector('cathedra', %(headings)s), 'B')
           || setweight(to_tsvector('cathedra', %(texts)s), 'C')
           || setweight(to_tsvector('cathedra', %(speech)s), 'D')
           || array_to_tsvector(ARRAY (SELECT '=' || one FROM unnest(tsvector_to_array(t.words)) one)),
           %(now)s
    FROM here h
    CROSS JOIN titles t
    ON CONFLICT (recording_id) DO UPDATE
    SET content_version = EXCLUDED.content_version, folder_id = EXCLUDED.folder_id,
        recorded_at = EXCLUDED.recorded_at, words = EXCLUDED.words, made_at = EXCLUDED.made_at
    RETURNING recording_id
), lined AS (
    INSERT INTO cathedra_searchlines (recording_id, text, places)
    SELECT h.id, %(lines)s, %(places)s FROM here h
    ON CONFLICT (recording_id) DO UPDATE SET text = EXCLUDED.text, places = EXCLUDED.places
), spelt AS (
    INSERT INTO cathedra_searchword (word)
    SELECT DISTINCT unaccent(one) AS word FROM here h CROSS JOIN unnest(%(spelling)s::text[]) one ORDER BY 1
    ON CONFLICT DO NOTHING
)
SELECT EXISTS (SELECT 1 FROM made) AS is_stored
