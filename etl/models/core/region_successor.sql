-- one row per region, with the one that is credited for it: itself, or where it was merged to, through chains
WITH RECURSIVE chain AS (
    SELECT
        region_code,
        region_code AS followed_code
    FROM live.regions
    UNION
    SELECT
        chain.region_code,
        region.successor_code AS followed_code
    FROM chain
    INNER JOIN live.regions AS region ON chain.followed_code = region.region_code
    WHERE region.successor_code IS NOT NULL
),

-- A circle has no end: its regions stand for themselves. UNION above keeps the recursion finite.
ending AS (
    SELECT
        chain.region_code,
        chain.followed_code AS credited_code
    FROM chain
    INNER JOIN live.regions AS region ON chain.followed_code = region.region_code
    WHERE region.successor_code IS NULL
)

SELECT
    region.region_code,
    region.level,
    region.parent_code,
    coalesce(ending.credited_code, region.region_code) AS credited_code
FROM live.regions AS region
LEFT JOIN ending ON region.region_code = ending.region_code
