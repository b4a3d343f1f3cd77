-- one row per registration, hardship group (missing: none of them) and stretch of days, both ends counted
WITH kinds AS (
    SELECT
        registration_id,
        unnest(string_split(hardship, ';')) AS hardship_group,
        DATE '0001-01-01' AS valid_from,
        DATE '9999-12-31' AS valid_until
    FROM core.registration
    WHERE hardship IS NOT NULL
),

of_age AS (
    SELECT
        registration_id,
        '4050' AS hardship_group,
        turned_4050_on AS valid_from,
        DATE '9999-12-31' AS valid_until
    FROM core.registration
    WHERE turned_4050_on < DATE '9999-12-31'
),

zero AS (
    SELECT
        registration.registration_id,
        'zero_household' AS hardship_group,
        spell.valid_from,
        spell.valid_until
    FROM core.registration AS registration
    INNER JOIN core.zero_spell AS spell ON registration.household_no = spell.household_no
),

-- Nobody's group: before 4050, without any kind, and between the household's spells. Each spell's end opens a gap.
opening AS (
    SELECT
        registration_id,
        DATE '0001-01-01' AS gap_from
    FROM core.registration
    WHERE hardship IS NULL
    UNION ALL
    SELECT
        registration.registration_id,
        spell.valid_until + 1 AS gap_from
    FROM core.registration AS registration
    INNER JOIN core.zero_spell AS spell ON registration.household_no = spell.household_no
    WHERE registration.hardship IS NULL AND spell.valid_until < DATE '9999-12-31'
),

gap AS (
    SELECT
        opening.registration_id,
        opening.gap_from,
        least(min(zero.valid_from) - 1, min(registration.turned_4050_on) - 1, DATE '9999-12-31') AS gap_until
    FROM opening
    INNER JOIN core.registration AS registration ON opening.registration_id = registration.registration_id
    LEFT JOIN zero ON opening.registration_id = zero.registration_id AND opening.gap_from <= zero.valid_from
    GROUP BY opening.registration_id, opening.gap_from
)

SELECT * FROM kinds
UNION ALL
SELECT * FROM of_age
UNION ALL
SELECT * FROM zero
UNION ALL
SELECT
    registration_id,
    cast(NULL AS VARCHAR) AS hardship_group,
    gap_from AS valid_from,
    gap_until AS valid_until
FROM gap
WHERE gap_from <= gap_until
