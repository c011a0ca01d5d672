-- use_turned_sums: whose the recordings are that another version of the policy would judge otherwise, in one look: by the
-- owner's department, and the owners with most hours. The answers that it judges otherwise are given as columns.
WITH turned AS (
    SELECT *
      FROM unnest(%(q1)s::text[], %(q2)s::text[], %(q3)s::text[], %(category)s::text[], %(course)s::text[],
                  %(relevance)s::text[], %(before)s::text[]) AS t (q1, q2, q3, category, course, relevance, before)
), summed AS (
    SELECT grouping(o.id) = 0 AS is_owner, coalesce(o.full_name, '') AS owner, coalesce(d.name, '') AS department,
           count(DISTINCT s.owner_id) AS people, count(*) AS recordings, sum(s.duration_ms)::bigint AS duration_ms
      FROM cathedra_usestanding s
      JOIN turned t ON (t.q1, t.q2, t.q3, t.category, t.course, t.relevance, t.before)
                     = (s.q1, s.q2, s.q3, s.category, s.course_kind, s.relevance, s.verdict)
      JOIN cathedra_account o ON o.id = s.owner_id
      LEFT JOIN cathedra_department d ON d.id = o.department_id
     WHERE NOT s.is_decided
     GROUP BY GROUPING SETS ((o.id, o.full_name, d.name), (d.name))
), ranked AS (
    SELECT summed.*,
           row_number() OVER (PARTITION BY is_owner ORDER BY duration_ms DESC, recordings DESC, owner, department) AS place
      FROM summed
)
SELECT is_owner, owner, department, people, recordings, duration_ms
  FROM ranked
 WHERE NOT is_owner OR place <= %(most)s
 ORDER BY is_owner, place
