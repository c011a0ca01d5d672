-- has_begun: one row when somebody stopped in the middle of anything at all. Index: viewing_position_latest.
SELECT 1 FROM cathedra_viewingposition p WHERE p.account_id = %(viewer)s AND p.position_ms > 0 LIMIT 1
