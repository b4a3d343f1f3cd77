-- one row per registration and day up to the data date on which its age band or hardship groups change while it counts
-- Someone born on 29 February reaches an age on 1 March of a common year.
WITH birthday AS (
    SELECT
        registration.registration_id,
        registration.registered_on,
        registration.leaves_on,
        cast(CASE
            WHEN month(registration.birth_date) = 2 AND day(registration.birth_date) = 29
                THEN cast(registration.birth_date - 1 + to_years(band.from_age) AS DATE) + 1
            ELSE registration.birth_date + to_years(band.from_age)
        END AS DATE) AS turned_on
    FROM core.registration AS registration
    INNER JOIN core.age_band AS band ON band.from_age IS NOT NULL
    WHERE registration.birth_date IS NOT NULL
),

spell AS (
    SELECT
        registration.registration_id,
        registration.registered_on,
        registration.leaves_on,
        unnest([spell.valid_from, least(spell.valid_until, DATE '9999-12-30') + 1]) AS turned_on
    FROM core.registration AS registration
    INNER JOIN core.zero_spell AS spell ON registration.household_no = spell.household_no
),

turn AS (
    SELECT
        registration_id,
        turned_on,
        registered_on,
        leaves_on
    FROM birthday
    UNION ALL
    SELECT
        registration_id,
        turned_on,
        registered_on,
        leaves_on
    FROM spell
    UNION ALL
    SELECT
        registration_id,
        turned_4050_on AS turned_on,
        registered_on,
        leaves_on
    FROM core.registration
)

SELECT DISTINCT
    turn.registration_id,
    turn.turned_on
FROM turn
CROSS JOIN core.stamp AS stamp
WHERE turn.turned_on > turn.registered_on AND turn.turned_on < turn.leaves_on AND turn.turned_on <= stamp.data_date
