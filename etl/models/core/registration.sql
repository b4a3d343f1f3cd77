-- one row per registration, with numbers in place of its keys and the day from which its person is 4050
-- leaves_on: from then on it is in no figure of a day; closed as placed, it is in its year's.
-- born is yyyymmdd; kinds: the number of its kinds of hardship as delivered; someone born on 29 February reaches an
-- age on 1 March of a common year.
WITH numbered AS (
    SELECT
        person.registration_no,
        cast(row_number() OVER (ORDER BY person.registration_no) AS INTEGER) AS registration_id,
        cast(dense_rank() OVER (ORDER BY person.person_key) AS INTEGER) AS person_id,
        person.*,
        credit.region_id,
        cast(year(person.birth_date) * 10000 + month(person.birth_date) * 100 + day(person.birth_date) AS INTEGER)
            AS born,
        year(person.birth_date) + age.years AS year_4050,
        month(person.birth_date) = 2 AND day(person.birth_date) = 29 AS is_leap_day
    FROM live.persons AS person
    INNER JOIN core.region_credit AS credit ON person.community_code = credit.region_code
    LEFT JOIN policy.age_4050 AS age ON credit.city_code = age.city_code AND person.sex = age.sex
)

SELECT
    numbered.registration_id,
    numbered.person_id,
    numbered.person_key,
    numbered.registration_no,
    numbered.region_id,
    numbered.registered_on,
    coalesce(numbered.closed_on, DATE '9999-12-31') AS closed_on,
    numbered.close_reason,
    CASE
        WHEN numbered.close_reason = 'placed' THEN make_date(year(numbered.closed_on) + 1, 1, 1)
        ELSE coalesce(numbered.closed_on, DATE '9999-12-31')
    END AS leaves_on,
    numbered.household_no,
    numbered.sex,
    numbered.birth_date,
    numbered.born,
    CASE
        WHEN numbered.year_4050 IS NULL THEN DATE '9999-12-31'
        WHEN numbered.is_leap_day AND day(last_day(make_date(numbered.year_4050, 2, 1))) = 28
            THEN make_date(numbered.year_4050, 3, 1)
        ELSE make_date(numbered.year_4050, month(numbered.birth_date), day(numbered.birth_date))
    END AS turned_4050_on,
    numbered.category,
    coalesce(kinds.hardships, 0) AS kinds,
    numbered.certificate_on,
    cast(
        5 - cast(numbered.cause IS NULL AS INTEGER) - cast(numbered.family IS NULL AS INTEGER)
        - cast(numbered.skill IS NULL AS INTEGER) - cast(numbered.job_wish IS NULL AS INTEGER)
        - cast(numbered.insurance IS NULL AS INTEGER) AS INTEGER
    ) AS fields_filled,
    numbered.cause IS NOT NULL AS has_cause,
    numbered.family IS NOT NULL AS has_family,
    numbered.skill IS NOT NULL AS has_skill,
    numbered.job_wish IS NOT NULL AS has_job_wish,
    numbered.insurance IS NOT NULL AS has_insurance,
    numbered.updated_on,
    numbered.load_from
FROM numbered
LEFT JOIN core.hardship_kinds AS kinds ON numbered.hardship = kinds.hardship
