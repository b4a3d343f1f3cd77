-- one row per payment and month of it that begins after its person reached the end of working age
-- Someone born on 29 February reaches an age on 1 March of a common year: yyyymmdd compares as it should.
SELECT
    month.payment_no,
    month.month_start
FROM core.subsidy_month AS month
INNER JOIN core.registration AS registration ON month.registration_id = registration.registration_id
INNER JOIN core.region_credit AS credit ON registration.region_id = credit.own_id
INNER JOIN policy.working_age AS age
    ON
        credit.city_code = age.city_code
        AND registration.sex = age.sex
        AND month.month_start >= age.valid_from AND month.month_start < age.valid_to
-- The day before the month begins is on or after the birthday.
WHERE
    year(month.month_start - 1) * 10000 + month(month.month_start - 1) * 100 + day(month.month_start - 1)
    >= registration.born + age.years * 10000
