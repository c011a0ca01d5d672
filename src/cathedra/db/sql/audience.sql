-- audience: who can watch what is published in a folder: its groups by name with how many active accounts each holds,
-- counted up to `most` (everybody of a university is in some groups), then one row without a name for the people who
-- were given access themselves.
-- Indexes: folder_access_by_folder, cathedra_membership_group_id_*.
WITH given AS MATERIALIZED (
    SELECT DISTINCT a.principal_id AS id
    FROM cathedra_folderaccess a
    WHERE a.folder_id = %(folder_id)s AND a.role = ANY (%(roles)s)
), counted AS (
    SELECT g.name, (
        SELECT count(*)
        FROM (
            SELECT
            FROM cathedra_membership m
            CROSS JOIN LATERAL (SELECT FROM cathedra_account a WHERE a.id = m.account_id AND a.is_active LIMIT 1) person
            WHERE m.group_id = g.id
            LIMIT %(most)s
        ) found
    ) AS size
    FROM given
    JOIN cathedra_group g ON g.id = given.id
    UNION ALL
    SELECT NULL, count(*) FROM given JOIN cathedra_account a ON a.id = given.id AND a.is_active
)
SELECT name, size FROM counted ORDER BY lower(name) NULLS LAST
