-- web_session: what a browser's unexpired sign-in holds. Asked by every page. Reads by key: cathedra_web_session_pkey.
SELECT s.session_data FROM cathedra_web_session s WHERE s.session_key = %(session_key)s AND s.expire_date > now()
