-- folder_of_stays: approval of the folder in which a recording lies is not switched, and the folder not put into the bin,
-- before this transaction ends (R69, R138): whoever does it waits, or is waited for. By cathedra_recording_pkey and
-- cathedra_folder_pkey.
SELECT f.id
FROM cathedra_recording r
JOIN cathedra_folder f ON f.id = r.folder_id
WHERE r.id = %(recording_id)s
FOR KEY SHARE OF f
