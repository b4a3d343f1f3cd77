-- one row per payment for a month that begins after its person reached the end of working age
-- Someone born on 29 February reaches an age on 1 March of a common year: yyyymmdd compares as it should.
WITH late AS (
    SELECT
        month.payment_no,
        min(month.month_start) AS month_start
    FROM core.subsidy_month AS month
    INNER JOIN core.registration AS registration ON month.registration_id = registration.registration_id
    INNER JOIN policy.working_age AS age
        ON
            registration.sex = age.sex
            AND month.month_start >= age.valid_from AND month.month_start < age.valid_to
    -- The day before the month begins is on or after the birthday.
    WHERE
        year(month.month_start - 1) * 10000 + month(month.month_start - 1) * 100 + day(month.month_start - 1)
        >= registration.born + age.years * 10000
    GROUP BY month.payment_no
)

SELECT
    'subsidy_after_working_age' AS finding,
    'subsidies' AS table_name,
    subsidy.payment_no AS key,
    credit.region_code,
    credit.district_code,
    credit.street_code,
    subsidy.load_from AS load,
    strftime(late.month_start, '%Y-%m') AS detail
FROM late
INNER JOIN core.subsidy AS subsidy ON late.payment_no = subsidy.payment_no
INNER JOIN core.region_credit AS credit ON subsidy.region_id = credit.own_id
