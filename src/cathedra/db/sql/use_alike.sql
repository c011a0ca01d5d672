-- use_alike: everything that is kept, by what was declared of it and by what counts for it now: few rows, however large the
-- library is, because the words of a declaration are closed. Those of which nothing was declared have no answers.
SELECT s.q1, s.q2, s.q3, s.category, s.course_kind, s.relevance, s.verdict, s.is_decided,
       count(*) AS recordings, sum(s.duration_ms)::bigint AS duration_ms
  FROM cathedra_usestanding s
 GROUP BY s.q1, s.q2, s.q3, s.category, s.course_kind, s.relevance, s.verdict, s.is_decided
