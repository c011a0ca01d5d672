-- search_near: known words that look like this one, nearest first, for a word that nothing is found by.
-- Index: search_word_near, with the threshold that whoever asks has set.
SELECT w.word
FROM cathedra_searchword w
WHERE w.word %% unaccent(%(word)s)
ORDER BY similarity(w.word, unaccent(%(word)s)) DESC, w.word
LIMIT 12
