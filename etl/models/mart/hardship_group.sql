-- one row per set of hardship groups (a number) and group in it; missing: the group of the empty set
WITH sets AS (
    SELECT 2 * max(bit) AS number
    FROM core.hardship_bit
),

set AS (
    SELECT cast(each.number AS INTEGER) AS hardships
    FROM (SELECT unnest(range(0, sets.number)) AS number FROM sets) AS each
)

SELECT
    set.hardships,
    bits.hardship_group
FROM set
LEFT JOIN core.hardship_bit AS bits ON (set.hardships & bits.bit) <> 0
