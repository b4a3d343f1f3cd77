-- one row per set of hardship groups (a number) and group in it; missing: the group of the empty set
WITH set AS (
    SELECT cast(unnest(range((SELECT 2 * max(bits.bit) FROM core.hardship_bit AS bits))) AS INTEGER) AS hardships
)

SELECT
    set.hardships,
    bits.hardship_group
FROM set
LEFT JOIN core.hardship_bit AS bits ON (set.hardships & bits.bit) <> 0
