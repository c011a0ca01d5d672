-- search_shown: what is shown of recordings that somebody may find: their words, their lines with what each is and when,
-- of long ones on demand only the first (`is_head`), and how they are cut for viewers, of a reference copy as its original
-- is, which it plays. Lines that are not asked for are not unpacked.
-- Reads by key: cathedra_recording_pkey, cathedra_searchlines_pkey, edit_version_once.
SELECT r.id, COALESCE(r.reference_of_id, r.id) AS whole, r.title, r.description, r.tags,
       COALESCE(head.is_asked, FALSE) AS is_head,
       CASE WHEN head.is_asked THEN l.head ELSE COALESCE(l.text, '') END AS text,
       CASE WHEN head.is_asked THEN l.head_places ELSE COALESCE(l.places, '') END AS places,
       e.cuts::text AS cuts, e.looks::text AS looks
FROM cathedra_recording r
LEFT JOIN cathedra_searchlines l ON l.recording_id = r.id
CROSS JOIN LATERAL (SELECT %(has_heads)s AND l.head <> '' AS is_asked) head
LEFT JOIN LATERAL (
    SELECT x.cuts, x.looks
    FROM cathedra_edit x
    WHERE x.recording_id = COALESCE(r.reference_of_id, r.id) AND x.shown_at IS NOT NULL
    ORDER BY x.version DESC
    LIMIT 1
) e ON TRUE
WHERE r.id = ANY (%(ids)s)
