-- view_empty: the staging of this connection holds nothing.
TRUNCATE told
