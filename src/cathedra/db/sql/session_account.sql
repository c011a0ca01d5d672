-- session_account: the active account behind a browser's unexpired sign-in, and whether it has terms to accept first.
-- Asked for every request of an upload. Reads by key: cathedra_web_session_pkey, cathedra_account_pkey,
-- terms_acceptance_once.
SELECT a.id, EXISTS (
           SELECT 1 FROM cathedra_unaccepted u WHERE u.account_id = a.id AND u.document = 'eula'
       ) AS is_gated
FROM cathedra_web_session s
JOIN cathedra_account a ON a.id = s.account_id AND a.is_active
WHERE s.session_key = %(session_key)s AND s.expire_date > %(now)s
