-- viewer: what the list form of the access rule needs to know about a person. No row: nobody, or inactive.
-- Reads by key: cathedra_account_pkey, membership_once, system_role_once, terms_acceptance_once.
SELECT a.id, a.affiliation IN ('university_staff', 'college_staff') AS is_staff,
       EXISTS (SELECT 1 FROM cathedra_unaccepted u WHERE u.account_id = a.id AND u.document = 'eula') AS is_gated,
       ARRAY (SELECT m.group_id FROM cathedra_membership m WHERE m.account_id = a.id) AS groups,
       ARRAY (SELECT h.role FROM cathedra_systemroleholder h WHERE h.account_id = a.id) AS appointments
FROM cathedra_account a
WHERE a.id = %(viewer)s AND a.is_active
