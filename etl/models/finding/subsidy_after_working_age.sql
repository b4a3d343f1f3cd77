-- one row per payment for a month that begins after its person reached the end of working age
WITH late AS (
    SELECT
        payment_no,
        min(month_start) AS month_start
    FROM core.month_after_working_age
    GROUP BY payment_no
)

SELECT
    'subsidy_after_working_age' AS finding,
    'subsidies' AS table_name,
    subsidy.payment_no AS key,
    credit.region_code,
    credit.district_code,
    credit.street_code,
    subsidy.load_from AS load,
    strftime(late.month_start, '%Y-%m') AS detail,
    subsidy.amount,
    doubtful.in_doubt
FROM late
INNER JOIN core.subsidy AS subsidy ON late.payment_no = subsidy.payment_no
INNER JOIN core.region_credit AS credit ON subsidy.region_id = credit.own_id
LEFT JOIN core.doubtful_amount AS doubtful
    ON subsidy.payment_no = doubtful.payment_no AND doubtful.finding = 'subsidy_after_working_age'
