-- viewer: what the list form of the access rule needs to know about a person: groups, system roles with the folders of an
-- appointment, grants that are neither revoked nor ended with what they cover
-- and whose recordings they count for. No row: nobody, or inactive.
-- Reads by key: cathedra_account_pkey, membership_once, system_role_once, access_grant_of_grantee,
-- access_grant_telling_once, terms_acceptance_once.
SELECT a.id, a.affiliation IN ('university_staff', 'college_staff') AS is_staff,
       EXISTS (SELECT 1 FROM cathedra_unaccepted u WHERE u.account_id = a.id AND u.document = 'eula') AS is_gated,
       ARRAY (SELECT m.group_id FROM cathedra_membership m WHERE m.account_id = a.id) AS groups,
       ARRAY (SELECT h.role FROM cathedra_systemroleholder h WHERE h.account_id = a.id) AS appointments,
       ARRAY (
           SELECT jsonb_build_array(h.role, f.path::text)::text
           FROM cathedra_systemroleholder h
           JOIN cathedra_systemrolescope s ON s.holder_id = h.id
           JOIN cathedra_folder f ON f.id = s.folder_id
           WHERE h.account_id = a.id
       ) AS scopes,
       ARRAY (
           SELECT jsonb_build_object(
               'id', t.id, 'rights', t.rights, 'starts_at', t.starts_at, 'ends_at', t.ends_at,
               'live_since', l.live_since, 'used_at', NULL, 'counts_for', NULL, 'owner_id', l.owner_id,
               'covers_folder', i.folder_id IS NOT NULL, 'path', f.path::text, 'recording_id', i.recording_id
           )::text
           FROM cathedra_accessgrant t
           JOIN cathedra_accessgrantitem i ON i.grant_id = t.id
           LEFT JOIN cathedra_folder f ON f.id = i.folder_id
           JOIN LATERAL (
               SELECT NULL::uuid AS owner_id, t.live_since WHERE t.live_since IS NOT NULL
               UNION ALL
               SELECT n.owner_id, n.live_since
               FROM cathedra_accessgranttelling n
               WHERE n.grant_id = t.id AND n.live_since IS NOT NULL AND t.live_since IS NULL
           ) l ON TRUE
           WHERE t.grantee_id = a.id AND t.revoked_at IS NULL AND t.ended_at IS NULL
       ) AS grants
FROM cathedra_account a
WHERE a.id = %(viewer)s AND a.is_active
