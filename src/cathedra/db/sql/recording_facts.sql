-- recording_facts: what domain/access.decide needs about one recording and one viewer, in one round trip.
-- Asked by every page and API answer about a recording. No row: no such recording. Reads by key only:
--   cathedra_recording_pkey, hold_open, membership_once, folder_access_by_folder.
SELECT r.owner_id, r.media_state, r.publication, r.keeping,
       EXISTS (SELECT 1 FROM cathedra_hold h WHERE h.recording_id = r.id AND h.released_at IS NULL) AS is_held,
       ARRAY (
           SELECT DISTINCT f.role
           FROM cathedra_folderaccess f
           WHERE f.folder_id = r.folder_id
             AND f.principal_id IN (
                 SELECT %(viewer)s::uuid
                 UNION ALL
                 SELECT m.group_id FROM cathedra_membership m WHERE m.account_id = %(viewer)s::uuid
             )
       ) AS roles
FROM cathedra_recording r
WHERE r.id = %(recording_id)s
