-- one row per registration and stretch of days [valid_from, valid_until) of one standing, age band and set of groups
-- It is open, and then, if it was closed as placed, it counts as that until its year ends.
WITH cut AS (
    SELECT
        registration_id,
        registered_on AS valid_from
    FROM core.registration
    UNION ALL
    SELECT
        registration_id,
        closed_on AS valid_from
    FROM core.registration
    WHERE close_reason = 'placed' AND closed_on > registered_on
    UNION
    SELECT
        registration_id,
        turned_on AS valid_from
    FROM core.registration_turn
),

stretch AS (
    SELECT
        registration_id,
        valid_from,
        lead(valid_from) OVER (PARTITION BY registration_id ORDER BY valid_from) AS next_from
    FROM cut
)

SELECT
    registration.registration_id,
    registration.region_id,
    registration.registered_on,
    registration.sex,
    registration.category,
    registration.fields_filled,
    registration.has_cause,
    registration.has_family,
    registration.has_skill,
    registration.has_job_wish,
    registration.has_insurance,
    registration.updated_on,
    stretch.valid_from,
    coalesce(stretch.next_from, registration.leaves_on) AS valid_until,
    stretch.valid_from < registration.closed_on AS is_open,
    stretch.valid_from = registration.registered_on AS is_first,
    registration.turned_4050_on <= stretch.valid_from AS is_4050,
    age.age_band,
    -- Bits as in core.hardship_bit.
    registration.kinds + cast(registration.turned_4050_on <= stretch.valid_from AS INTEGER)
    + 2 * cast(EXISTS (
        SELECT 1 FROM core.zero_spell AS spell
        WHERE
            spell.household_no = registration.household_no
            AND spell.valid_from <= stretch.valid_from AND spell.valid_until >= stretch.valid_from
    ) AS INTEGER) AS hardships
FROM stretch
INNER JOIN core.registration AS registration ON stretch.registration_id = registration.registration_id
LEFT JOIN core.age AS age
    ON
        (
            year(stretch.valid_from) * 10000 + month(stretch.valid_from) * 100 + day(stretch.valid_from)
            - registration.born
        ) // 10000 = age.years
