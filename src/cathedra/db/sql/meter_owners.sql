-- meter_owners: who keeps most, stored first (R111); the words are those of meter_kept.
SELECT o.id, o.full_name, coalesce(d.name, ''), o.is_active,
       coalesce(sum((r.duration_ms + 500) / 1000) FILTER (
           WHERE r.keeping = 'ONLINE' OR (r.keeping = 'RECYCLED' AND r.recycled_from IS DISTINCT FROM 'ARCHIVED')
       ), 0)::bigint AS stored_s,
       coalesce(sum((r.duration_ms + 500) / 1000) FILTER (
           WHERE r.keeping IN ('ARCHIVED', 'RESTORING')
              OR (r.keeping = 'RECYCLED' AND r.recycled_from IS NOT DISTINCT FROM 'ARCHIVED')
       ), 0)::bigint AS archived_s,
       coalesce(sum((r.duration_ms + 500) / 1000) FILTER (
           WHERE r.keeping = 'RECYCLED' AND r.recycled_from IS DISTINCT FROM 'ARCHIVED'
       ), 0)::bigint AS binned_s
  FROM cathedra_recording r
  JOIN cathedra_account o ON o.id = r.owner_id
  LEFT JOIN cathedra_department d ON d.id = o.department_id
 WHERE r.media_state = 'READY' AND r.origin <> 'reference_copy' AND r.duration_ms >= 500 AND r.keeping <> 'PURGED'
   AND (NOT %(leavers)s OR NOT o.is_active)
 GROUP BY o.id, o.full_name, d.name, o.is_active
 ORDER BY stored_s DESC, archived_s DESC, o.full_name, o.id
 LIMIT %(limit)s
