-- one row per region and day on which something happened to the unemployed
SELECT
    region_id,
    day
FROM core.register_move
UNION
SELECT
    region_id,
    day
FROM core.placement_day
UNION
SELECT
    region_id,
    day
FROM core.service_day
UNION
SELECT
    region_id,
    day
FROM core.offer_day
UNION
SELECT
    region_id,
    day
FROM core.offer_ripe_day
UNION
SELECT
    region_id,
    day
FROM core.offer_move
ORDER BY day, region_id
