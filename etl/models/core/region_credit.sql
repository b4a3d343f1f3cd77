-- one row per region: who is credited for it, what lies above that, and its number in the order of the tree (region_id)
-- What lies above is followed through successors at every step.
WITH parents AS (
    SELECT
        own.region_code,
        own.level,
        above.credited_code AS parent_code
    FROM core.region_successor AS own
    LEFT JOIN core.region_successor AS above ON own.parent_code = above.region_code
    WHERE own.region_code = own.credited_code
),

paths AS (
    SELECT
        one.region_code,
        one.level,
        one.parent_code AS one_up,
        two.parent_code AS two_up,
        three.parent_code AS three_up
    FROM parents AS one
    LEFT JOIN parents AS two ON one.parent_code = two.region_code
    LEFT JOIN parents AS three ON two.parent_code = three.region_code
),

levelled AS (
    SELECT
        region_code,
        CASE level WHEN 'city' THEN region_code WHEN 'district' THEN one_up WHEN 'street' THEN two_up ELSE three_up END
            AS city_code,
        CASE level WHEN 'district' THEN region_code WHEN 'street' THEN one_up WHEN 'community' THEN two_up END
            AS district_code,
        CASE level WHEN 'street' THEN region_code WHEN 'community' THEN one_up END AS street_code,
        CASE level WHEN 'community' THEN region_code END AS community_code
    FROM paths
),

numbered AS (
    SELECT
        own.region_code,
        own.credited_code,
        levelled.city_code,
        levelled.district_code,
        levelled.street_code,
        levelled.community_code,
        cast(row_number() OVER (
            ORDER BY
                levelled.city_code,
                levelled.district_code NULLS FIRST,
                levelled.street_code NULLS FIRST,
                levelled.community_code NULLS FIRST,
                own.region_code <> own.credited_code,
                own.region_code
        ) AS INTEGER) AS own_id
    FROM core.region_successor AS own
    INNER JOIN levelled ON own.credited_code = levelled.region_code
)

SELECT
    one.region_code,
    one.credited_code,
    one.city_code,
    one.district_code,
    one.street_code,
    one.community_code,
    one.own_id,
    credited.own_id AS region_id
FROM numbered AS one
INNER JOIN numbered AS credited ON one.credited_code = credited.region_code
