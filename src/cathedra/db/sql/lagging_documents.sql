-- lagging_documents: recordings that are not found by what they hold now: without a document, with one of before their
-- last change, with one that has them elsewhere, or with a long one that has no parts yet. Reads both tables once; for the job that mends them.
SELECT r.id
FROM cathedra_recording r
LEFT JOIN cathedra_searchdocument d ON d.recording_id = r.id
WHERE r.keeping <> 'PURGED'
  AND (d.recording_id IS NULL OR d.content_version <> r.content_version OR d.folder_id <> r.folder_id
       OR (pg_column_size(d.words) > 2000
           AND NOT EXISTS (SELECT 1 FROM cathedra_searchpart p WHERE p.recording_id = d.recording_id)))
ORDER BY r.created_at DESC, r.id DESC
LIMIT %(most)s
