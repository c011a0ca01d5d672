-- terms_versions: every published version of every document, the newest first, with how many people accepted it.
-- For the few who look after the documents; counts whole versions by terms_acceptance_by_version.
SELECT v.document, v.version, v.date, v.title, v.is_required, v.published_at, COALESCE(a.full_name, '') AS published_by,
       (SELECT count(*) FROM cathedra_termsacceptance t WHERE t.document = v.document AND t.version = v.version) AS accepted
FROM cathedra_termsversion v
LEFT JOIN cathedra_account a ON a.id = v.published_by_id
ORDER BY v.document DESC, v.version DESC
