-- captions_shown: who made the captions of one language that a recording shows (a reference copy those of its original), and
-- whether its folder shows automatic ones: what it says itself, else the folder its access comes from; NULL as the site
-- (R208). `language` in small letters, as files are named. No row when there are no such captions. Reads by key.
SELECT t.origin, COALESCE(own.shows_automatic, given.shows_automatic) AS shows_automatic
FROM cathedra_recording r
JOIN cathedra_folder f ON f.id = r.folder_id
JOIN cathedra_captiontrack t ON t.recording_id = COALESCE(r.reference_of_id, r.id) AND lower(t.language) = %(language)s
LEFT JOIN cathedra_captionpolicy own ON own.folder_id = f.id
LEFT JOIN cathedra_captionpolicy given ON given.folder_id = f.access_from_id
WHERE r.id = %(recording_id)s
