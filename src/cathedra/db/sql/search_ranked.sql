-- search_ranked: of recordings that the access rule lets somebody find, those that hold exactly what was asked, best
-- first, in one row. `worded` were found by their words, `noted` by a note alone, which ranks behind all words. Only here are
-- vectors unpacked, of these few; of a long one, when one word is asked for, only the part with the words that begin with
-- the same two letters, in which that has the same rank. A single letter that may go on is in several parts. A phrase is
-- looked for in the stretches of a document too, which there are where the vector could not keep all places.
-- Reads by key: cathedra_searchdocument_pkey, cathedra_searchpart_pkey, note_in_recording.
WITH asked AS MATERIALIZED (
    SELECT words,
           CASE WHEN numnode(words) = 1 AND NOT words::text ~ '^''.'':' THEN
               (ascii(substr(words::text, 2)) * 7 + ascii(substr(words::text, 3))) %% 32
           END AS part
    FROM to_tsquery('cathedra', %(exact)s) words
), phrases AS MATERIALIZED (
    SELECT to_tsquery('cathedra', ltrim(one, '!')) AS words, starts_with(one, '!') AS is_unwanted
    FROM unnest(%(phrases)s::text[]) one
), ranked AS (
    SELECT d.recording_id AS id, d.recorded_at,
           CASE WHEN p.words IS NULL THEN ts_rank('{0.1, 0.2, 0.4, 1.0}', d.words, (SELECT words FROM asked), 1)
               ELSE ( -- as ts_rank does with 1, by how long the whole is
                   ts_rank('{0.1, 0.2, 0.4, 1.0}', p.words, (SELECT words FROM asked)) / (ln(p.length + 1.0::float8) / ln(2.0::float8))
               )::real
           END AS rank
    FROM cathedra_searchdocument d
    LEFT JOIN cathedra_searchpart p ON p.recording_id = d.recording_id AND p.number = (SELECT part FROM asked)
    WHERE d.recording_id = ANY (%(worded)s)
      AND NOT EXISTS (
          SELECT 1
          FROM phrases f
          WHERE numnode(f.words) > 0 AND f.is_unwanted = (d.words @@ f.words OR EXISTS (
              SELECT 1
              FROM cathedra_searchpart s
              WHERE s.recording_id = d.recording_id AND s.number > 31 AND s.words @@ f.words
          ))
      )
    UNION ALL
    SELECT DISTINCT r.id, COALESCE(r.captured_at, r.created_at), 0
    FROM cathedra_note n
    JOIN cathedra_recording r ON r.id = n.recording_id
    JOIN cathedra_folder f ON f.id = r.folder_id
    JOIN cathedra_folder g ON g.id = f.access_from_id
    WHERE n.recording_id = ANY (%(noted)s)
      AND (n.account_id = %(viewer)s OR (n.is_public AND COALESCE(f.public_notes, g.public_notes, FALSE)))
      AND to_tsvector('cathedra'::regconfig, COALESCE(n.text, '')) @@ (SELECT words FROM asked)
)
SELECT ARRAY(SELECT id FROM ranked GROUP BY id ORDER BY max(rank) DESC, max(recorded_at) DESC, id DESC) AS best
