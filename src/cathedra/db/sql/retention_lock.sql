-- retention_lock: nobody else moves or changes this recording, or adds to it, before this transaction ends.
SELECT id FROM cathedra_recording WHERE id = %(id)s FOR UPDATE
