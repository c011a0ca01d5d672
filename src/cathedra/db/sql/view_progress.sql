-- view_progress: how far many viewers have come, each replacing what was there (view_progress_once).
INSERT INTO cathedra_viewprogress (
    id, recording_id, account_id, watched, percent, views, delivered_ms, position_ms, first_at, last_at
)
SELECT gen_random_uuid(), *
  FROM unnest(
      %(recordings)s::uuid[], %(accounts)s::uuid[], %(watched)s::bytea[], %(percent)s::smallint[], %(views)s::integer[],
      %(delivered_ms)s::bigint[], %(position_ms)s::bigint[], %(first_at)s::timestamptz[], %(last_at)s::timestamptz[]
  )
ON CONFLICT (recording_id, account_id) DO UPDATE
   SET watched = EXCLUDED.watched, percent = EXCLUDED.percent, views = EXCLUDED.views,
       delivered_ms = EXCLUDED.delivered_ms, position_ms = EXCLUDED.position_ms, first_at = EXCLUDED.first_at,
       last_at = EXCLUDED.last_at
