-- declared_recordings: kept recordings after an id, in the order of their ids, each with what was declared of it last.
-- For a run over the whole library, batch by batch; reads by cathedra_recording_pkey and use_declaration_newest.
SELECT r.id, r.owner_id, a.full_name AS owner, COALESCE(r.duration_ms, 0) AS duration_ms,
       d.q1, d.q2, d.q3, d.category, d.course_kind, d.relevance, d.verdict
FROM cathedra_recording r
JOIN cathedra_account a ON a.id = r.owner_id
JOIN LATERAL (
    SELECT *
    FROM cathedra_usedeclaration u
    WHERE u.recording_id = r.id
    ORDER BY u.id DESC
    LIMIT 1
) d ON true
WHERE r.id > %(after)s AND r.keeping NOT IN ('RECYCLED', 'PURGED')
ORDER BY r.id
LIMIT %(most)s
