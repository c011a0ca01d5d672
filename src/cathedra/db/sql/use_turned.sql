-- use_turned: of a batch of recordings after an id, in the order of ids, those that another version of the policy would
-- judge otherwise, for a file that is written batch by batch. The last one of the batch is always told, so that the next
-- batch is known; without `after` when it stays as it is. Reads by cathedra_recording_pkey.
WITH part AS MATERIALIZED (
    SELECT *
      FROM cathedra_usestanding
     WHERE recording_id > %(since)s
     ORDER BY recording_id
     LIMIT %(most)s
), turned AS (
    SELECT *
      FROM unnest(%(q1)s::text[], %(q2)s::text[], %(q3)s::text[], %(category)s::text[], %(course)s::text[],
                  %(relevance)s::text[], %(before)s::text[], %(after)s::text[])
           AS t (q1, q2, q3, category, course, relevance, before, after)
)
SELECT s.recording_id, s.title, f.name AS folder, o.full_name AS owner, o.login_name, coalesce(d.name, '') AS department,
       s.duration_ms, s.category, t.before, t.after
  FROM part s
  LEFT JOIN turned t ON (t.q1, t.q2, t.q3, t.category, t.course, t.relevance, t.before)
                      = (s.q1, s.q2, s.q3, s.category, s.course_kind, s.relevance, s.verdict) AND NOT s.is_decided
  JOIN cathedra_folder f ON f.id = s.folder_id
  JOIN cathedra_account o ON o.id = s.owner_id
  LEFT JOIN cathedra_department d ON d.id = o.department_id
 WHERE t.after IS NOT NULL OR s.recording_id = (SELECT recording_id FROM part ORDER BY recording_id DESC LIMIT 1)
 ORDER BY s.recording_id
