-- retention_facts: what decides how long recordings are kept (R114, R116, R123, R128, R129, R132), in the order of their ids. An exemption of a folder counts for all below it, and of a copy
-- by reference for what it plays. Only keys are read:
-- cathedra_recording_pkey, recording_reference_copies, cathedra_folder_pkey, cathedra_kept_pkey, hold_open, restore_failed, retention_exempt_folder,
-- retention_exempt_recording.
SELECT r.id, r.owner_id, r.folder_id,
       CASE WHEN r.media_state = 'READY' THEN (coalesce(r.duration_ms, 0) + 500) / 1000 ELSE 0 END AS seconds,
       r.media_state, r.publication, r.keeping,
       coalesce(k.restored_at,
                CASE WHEN r.origin IN ('upload', 'import') THEN coalesce(r.uploaded_at, r.captured_at, r.created_at)
                     WHEN r.origin = 'full_copy' THEN r.created_at
                     WHEN %(anchor)s = 'received' THEN coalesce(r.uploaded_at, r.created_at)
                     ELSE coalesce(r.captured_at, r.uploaded_at, r.created_at) END) AS anchor,
       r.ready_at, k.archived_at,
       CASE WHEN %(with_views)s THEN (
           SELECT max(v.at) -- what plays by a reference is watched (R140)
           FROM (SELECT r.id UNION ALL SELECT c.id FROM cathedra_recording c WHERE c.reference_of_id = r.id) played (id)
           CROSS JOIN LATERAL (
               SELECT max(p.updated_at) AS at FROM cathedra_viewingposition p WHERE p.recording_id = played.id
               UNION ALL
               SELECT t.last_at FROM cathedra_viewtotals t WHERE t.recording_id = played.id
           ) v
       ) END AS last_viewed_at,
       EXISTS (SELECT 1 FROM cathedra_hold h WHERE h.recording_id = r.id AND h.released_at IS NULL) OR EXISTS (
           SELECT 1 -- what a copy by reference plays is here (R130)
           FROM cathedra_recording c JOIN cathedra_hold h ON h.recording_id = c.id
           WHERE c.reference_of_id = r.id AND h.released_at IS NULL AND left(h.kind, 4) <> 'aup_'
       ) AS is_held,
       r.origin = 'reference_copy' AS is_reference,
       r.is_ladder_complete AND source.is_whole AS is_whole,
       exempt.archive_until, exempt.deletion_until,
       CASE WHEN f.kind = 'assignment' AND f.is_summative THEN coalesce(r.uploaded_at, r.created_at) END AS submitted_at,
       EXISTS (
           SELECT 1 FROM cathedra_restore b
           WHERE b.recording_id = r.id AND b.is_done = FALSE AND b.resolved_at IS NULL
       ) AS is_restore_failed,
       r.title,
       CASE WHEN cardinality(%(ruled)s::uuid[]) > 0 THEN (
           SELECT part.id FROM unnest(string_to_array(f.path::text, '.')::uuid[]) WITH ORDINALITY AS part (id, depth)
           WHERE part.id = ANY (%(ruled)s::uuid[]) ORDER BY part.depth DESC LIMIT 1
       ) END AS ruled_by
  FROM cathedra_recording r
  JOIN cathedra_folder f ON f.id = r.folder_id
  LEFT JOIN cathedra_kept k ON k.recording_id = r.id
  LEFT JOIN LATERAL (
      SELECT coalesce(bool_and(s.object_key <> '' OR s.problem <> '') AND bool_or(s.object_key <> ''), FALSE) AS is_whole
      FROM cathedra_source s
      WHERE s.recording_id = r.id
  ) source ON TRUE
  LEFT JOIN LATERAL (
      SELECT max(x.expires_at) FILTER (WHERE x.what <> 'deletion') AS archive_until,
             max(x.expires_at) FILTER (WHERE x.what <> 'archive') AS deletion_until
      FROM (
          SELECT r.id, f.path
          UNION ALL
          SELECT c.id, cf.path -- what is exempt goes on playing what it plays here, as what is held does (R128, R140)
          FROM cathedra_recording c JOIN cathedra_folder cf ON cf.id = c.folder_id
          WHERE c.reference_of_id = r.id AND c.keeping = 'ONLINE'
      ) played (id, path)
      JOIN cathedra_retentionexemption x
        ON x.recording_id = played.id OR x.folder_id = ANY (string_to_array(played.path::text, '.')::uuid[])
      WHERE x.is_granted AND x.ended_at IS NULL
  ) exempt ON TRUE
 WHERE r.id = ANY(%(ids)s::uuid[])
 ORDER BY r.id
