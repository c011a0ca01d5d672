-- unaccepted: the documents that somebody has still to accept or to acknowledge. Reads by key: terms_acceptance_once.
SELECT DISTINCT u.document FROM cathedra_unaccepted u WHERE u.account_id = %(viewer)s
