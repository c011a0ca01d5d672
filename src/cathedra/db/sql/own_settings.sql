-- own_settings: those of some recordings that have a level or an availability of their own (R45, R50).
-- Index: cathedra_recording_pkey.
SELECT r.id
FROM cathedra_recording r
WHERE r.id = ANY (%(ids)s::uuid[]) AND (r.sharing IS NOT NULL OR r.start <> 'with_folder' OR r."end" <> 'with_folder')
