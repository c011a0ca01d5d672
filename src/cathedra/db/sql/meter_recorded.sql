-- meter_recorded: what was recorded in a licence year of what lies now in a folder and those below it that are seen by the
-- same people, whatever became of it since (R98, R111). Index: meter_entry_recording.
SELECT coalesce(sum(e.delta_s), 0)::bigint
  FROM cathedra_folder top
  JOIN cathedra_folder f ON f.path <@ top.path AND f.access_from_id = top.access_from_id
  JOIN cathedra_recording r ON r.folder_id = f.id
  JOIN cathedra_meterentry e ON e.recording_id = r.id
 WHERE top.id = %(folder)s AND e.category = 'RECORDED' AND e.licence_year = %(year)s
