-- one row per hardship group, with the bit that stands for it in a number that stands for a set of groups
WITH kind AS (
    SELECT DISTINCT unnest(string_split(hardship, ';')) AS hardship_group
    FROM live.persons
    WHERE hardship <> ''
)

SELECT
    '4050' AS hardship_group,
    1 AS bit
UNION ALL
SELECT
    'zero_household' AS hardship_group,
    2 AS bit
UNION ALL
SELECT
    hardship_group,
    cast(power(2, 1 + row_number() OVER (ORDER BY hardship_group)) AS INTEGER) AS bit
FROM kind
