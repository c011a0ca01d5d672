-- submission: a recording as its approval sees it, its people by name; columns are called as the ORM calls them.
-- Reads by key: cathedra_recording_pkey, cathedra_folder_pkey, cathedra_account_pkey.
SELECT r.id, r.title, r.folder_id, f.name AS folder__name, r.owner_id, o.full_name AS owner__full_name, r.created_by_id,
       r.submitted_by_id, s.full_name AS submitted_by__full_name, r.submitted_at, r.publication, r.media_state, r.keeping,
       r.approval, r.approval_at, d.full_name AS approval_by__full_name, r.approval_reason,
       w.owner_id AS reference_of__owner_id, w.created_by_id AS reference_of__created_by_id
FROM cathedra_recording r
JOIN cathedra_folder f ON f.id = r.folder_id
JOIN cathedra_account o ON o.id = r.owner_id
LEFT JOIN cathedra_account s ON s.id = r.submitted_by_id
LEFT JOIN cathedra_account d ON d.id = r.approval_by_id
LEFT JOIN cathedra_recording w ON w.id = r.reference_of_id
WHERE r.id = %(recording_id)s
