-- lagging_documents: recordings that are not found by what they hold now: without a document, with one of before their
-- last change, or with one that has them elsewhere. Reads both tables once; for the job that mends them.
SELECT r.id
FROM cathedra_recording r
LEFT JOIN cathedra_searchdocument d ON d.recording_id = r.id
WHERE r.keeping <> 'PURGED'
  AND (d.recording_id IS NULL OR d.content_version <> r.content_version OR d.folder_id <> r.folder_id)
ORDER BY r.created_at DESC, r.id DESC
LIMIT %(most)s
