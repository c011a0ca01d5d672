-- audit_of_folder: the newest events of a folder and of what is in it or was moved out of it (R225), before a number, without
-- those of `withheld` grants.
-- Reads by key: audit_target, once for each recording of the folder; recording_in_folder; audit_left.
SELECT id FROM (
    (SELECT e.id
     FROM cathedra_auditevent e
     WHERE e.target_kind = 'folder' AND e.target_id = %(folder_id)s::text AND e.id < %(before)s
           AND e.action = ANY (%(shown)s)
               AND NOT COALESCE(e.facts ->> 'grant_id' = ANY (%(withheld)s), false)
     ORDER BY e.id DESC
     LIMIT %(limit)s)
    UNION
    (SELECT newest.id
     FROM cathedra_recording r
     CROSS JOIN LATERAL (
         SELECT e.id
         FROM cathedra_auditevent e
         WHERE e.target_kind = 'recording' AND e.target_id = r.id::text AND e.id < %(before)s
               AND e.action = ANY (%(shown)s)
               AND NOT COALESCE(e.facts ->> 'grant_id' = ANY (%(withheld)s), false)
         ORDER BY e.id DESC
         LIMIT %(limit)s
     ) newest
     WHERE r.folder_id = %(folder_id)s::uuid)
    UNION
    (SELECT e.id
     FROM cathedra_auditevent e
     WHERE e.before ? 'folder_id' AND e.before ->> 'folder_id' = %(folder_id)s::text AND e.id < %(before)s
           AND e.action = ANY (%(shown)s)
               AND NOT COALESCE(e.facts ->> 'grant_id' = ANY (%(withheld)s), false)
     ORDER BY e.id DESC
     LIMIT %(limit)s)
) found
ORDER BY id DESC
LIMIT %(limit)s
