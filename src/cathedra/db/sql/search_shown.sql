-- search_shown: what is shown of recordings that somebody may find: their words, their lines with what each is and when,
-- and how they are cut for viewers, of a reference copy as its original is, which it plays.
-- Reads by key: cathedra_recording_pkey, cathedra_searchlines_pkey, edit_version_once.
SELECT r.id, COALESCE(r.reference_of_id, r.id) AS whole, r.title, r.description, r.tags,
       COALESCE(l.text, '') AS text, COALESCE(l.places, '') AS places, e.cuts::text AS cuts, e.looks::text AS looks
FROM cathedra_recording r
LEFT JOIN cathedra_searchlines l ON l.recording_id = r.id
LEFT JOIN LATERAL (
    SELECT x.cuts, x.looks
    FROM cathedra_edit x
    WHERE x.recording_id = COALESCE(r.reference_of_id, r.id) AND x.shown_at IS NOT NULL
    ORDER BY x.version DESC
    LIMIT 1
) e ON TRUE
WHERE r.id = ANY (%(ids)s)
