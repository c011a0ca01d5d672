-- retention_tidied: nothing is left over of where the files of a recording were before (R61).
UPDATE cathedra_kept SET has_leftovers = FALSE WHERE recording_id = %(id)s RETURNING recording_id
