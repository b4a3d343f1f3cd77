-- one row per post or insurance subsidy with a month in which its person is on no day in a placement
WITH without_job AS (
    SELECT
        payment_no,
        min(month_start) AS month_start
    FROM core.month_without_job
    GROUP BY payment_no
)

SELECT
    'subsidy_without_job' AS finding,
    'subsidies' AS table_name,
    subsidy.payment_no AS key,
    credit.region_code,
    credit.district_code,
    credit.street_code,
    subsidy.load_from AS load,
    strftime(without_job.month_start, '%Y-%m') AS detail,
    subsidy.amount,
    doubtful.in_doubt
FROM without_job
INNER JOIN core.subsidy AS subsidy ON without_job.payment_no = subsidy.payment_no
INNER JOIN core.region_credit AS credit ON subsidy.region_id = credit.own_id
LEFT JOIN core.doubtful_amount AS doubtful
    ON subsidy.payment_no = doubtful.payment_no AND doubtful.finding = 'subsidy_without_job'
