-- one row per set of kinds of hardship as delivered, with its number
WITH kind AS (
    SELECT
        hardship,
        unnest(string_split(hardship, ';')) AS hardship_group
    FROM live.persons
    WHERE hardship <> ''
    GROUP BY hardship
)

SELECT
    kind.hardship,
    cast(sum(bits.bit) AS INTEGER) AS hardships
FROM kind
INNER JOIN core.hardship_bit AS bits ON kind.hardship_group = bits.hardship_group
GROUP BY kind.hardship
