-- use_turned_sums: whose the recordings are that another version of the policy would judge otherwise, by owner or by the
-- owner's department, most hours first. The answers that it judges otherwise are given as columns.
WITH turned AS (
    SELECT *
      FROM unnest(%(q1)s::text[], %(q2)s::text[], %(q3)s::text[], %(category)s::text[], %(course)s::text[],
                  %(relevance)s::text[], %(before)s::text[]) AS t (q1, q2, q3, category, course, relevance, before)
)
SELECT CASE WHEN %(by_owner)s THEN o.full_name ELSE '' END AS owner, coalesce(d.name, '') AS department,
       count(DISTINCT o.id) AS people, count(*) AS recordings, sum(s.duration_ms)::bigint AS duration_ms
  FROM cathedra_usestanding s
  JOIN turned t ON (t.q1, t.q2, t.q3, t.category, t.course, t.relevance, t.before)
                 = (s.q1, s.q2, s.q3, s.category, s.course_kind, s.relevance, s.verdict)
  JOIN cathedra_account o ON o.id = s.owner_id
  LEFT JOIN cathedra_department d ON d.id = o.department_id
 WHERE NOT s.is_decided
 GROUP BY CASE WHEN %(by_owner)s THEN o.id END, 1, 2
 ORDER BY duration_ms DESC, recordings DESC, owner, department
 LIMIT %(most)s
