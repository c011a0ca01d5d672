-- principals: the groups that an account is in. Index: membership_once.
SELECT m.group_id FROM cathedra_membership m WHERE m.account_id = %(viewer)s
