-- search_near: known words that look like this one, nearest first, for a word that nothing is found by; before them
-- those in which two of its letters are turned round, which share too little of a short word to look like it.
-- Indexes: cathedra_searchword_pkey; search_word_near, with the threshold that whoever asks has set.
SELECT near.word
FROM (
    SELECT w.word, 1 AS alike FROM cathedra_searchword w WHERE w.word = ANY (%(turned)s)
    UNION ALL
    (
        SELECT w.word, similarity(w.word, unaccent(%(word)s))
        FROM cathedra_searchword w
        WHERE w.word %% unaccent(%(word)s)
        ORDER BY 2 DESC, 1
        LIMIT 12
    )
) near
ORDER BY near.alike DESC, near.word
