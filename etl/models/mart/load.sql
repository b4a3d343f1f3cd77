-- one row per load known to this build
SELECT
    made.load,
    made.data_date,
    made.delivery,
    made.backfill AS is_backfill,
    made.load IN (SELECT refused.load FROM log.refused AS refused) AS is_partial,
    made.loaded_at
FROM log.loads AS made
ORDER BY made.load
