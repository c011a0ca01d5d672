-- retention_files: the files of a recording that are in the object store, and where (R61). Index: source_position_once.
SELECT id, object_key, sha256, size_bytes, probe IS NOT NULL AND problem = '' AS is_playable
  FROM cathedra_source
 WHERE recording_id = %(id)s AND object_key <> ''
 ORDER BY position
