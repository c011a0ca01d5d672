-- retention_archive: a live recording goes to the archive (T30): its files are where `keys` says, with their checksums;
-- what was made of them is forgotten; what is left of where it was is still to be removed. No row unless it was live.
WITH moved AS (
    UPDATE cathedra_recording
       SET keeping = 'ARCHIVED', recycled_from = NULL, updated_at = %(now)s::timestamptz, version = version + 1
     WHERE id = %(id)s AND keeping = 'ONLINE'
    RETURNING id
), files AS (
    UPDATE cathedra_source s
       SET encoded_at = NULL, attempt = NULL,
           object_key = coalesce(given.key, s.object_key), sha256 = coalesce(given.sha256, s.sha256)
      FROM moved
      JOIN cathedra_source own ON own.recording_id = moved.id
      LEFT JOIN unnest(%(sources)s::uuid[], %(keys)s::text[], %(checksums)s::text[]) AS given (id, key, sha256)
        ON given.id = own.id
     WHERE s.id = own.id
), renditions AS (
    DELETE FROM cathedra_rendition
     WHERE stream_id IN (SELECT t.id FROM cathedra_stream t JOIN moved ON t.recording_id = moved.id)
), slides AS ( -- read again after a restore, as their pictures are files that go
    DELETE FROM cathedra_slide WHERE recording_id IN (SELECT id FROM moved)
), streams AS (
    DELETE FROM cathedra_stream WHERE recording_id IN (SELECT id FROM moved)
), described AS ( -- its file stays, as what was said of it does; what is heard is made of it again (R120)
    UPDATE cathedra_audiodescription
       SET codecs = '', peak_bps = 0, average_bps = 0, made_bytes = 0, attempt = NULL, percent = NULL
     WHERE recording_id IN (SELECT id FROM moved)
), kept AS (
    INSERT INTO cathedra_kept (recording_id, archived_at, is_by_decision, has_leftovers)
    SELECT id, %(now)s::timestamptz, FALSE, TRUE FROM moved
    ON CONFLICT (recording_id) DO UPDATE SET archived_at = EXCLUDED.archived_at, has_leftovers = TRUE
)
SELECT id FROM moved
