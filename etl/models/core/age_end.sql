-- one row per registration of which the policy names an end of working age: the day on which it is reached
-- By the policy of that very day. Someone born on 29 February reaches an age on 1 March of a common year.
WITH reached AS (
    SELECT
        registration.registration_id,
        age.valid_from,
        age.valid_to,
        CASE
            WHEN
                month(registration.birth_date) = 2 AND day(registration.birth_date) = 29
                AND day(last_day(make_date(year(registration.birth_date) + age.years, 2, 1))) = 28
                THEN make_date(year(registration.birth_date) + age.years, 3, 1)
            ELSE
                make_date(
                    year(registration.birth_date) + age.years,
                    month(registration.birth_date),
                    day(registration.birth_date)
                )
        END AS age_ends_on
    FROM core.registration AS registration
    INNER JOIN core.region_credit AS credit ON registration.region_id = credit.own_id
    INNER JOIN policy.working_age AS age ON credit.city_code = age.city_code AND registration.sex = age.sex
)

SELECT
    registration_id,
    min(age_ends_on) AS age_ends_on
FROM reached
WHERE age_ends_on >= valid_from AND age_ends_on < valid_to
GROUP BY registration_id
