-- search_stems: each word as the index knows it; null for one that is too common to be kept.
SELECT one AS word, (tsvector_to_array(to_tsvector('cathedra', one)))[1] AS stem
FROM unnest(%(words)s::text[]) one
