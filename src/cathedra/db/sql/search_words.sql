-- search_words: of the words that stand where something was found, those that the index takes for a wanted one.
SELECT one AS word
FROM unnest(%(words)s::text[]) one
WHERE to_tsvector('cathedra', one) @@ to_tsquery('cathedra', %(any_word)s)
