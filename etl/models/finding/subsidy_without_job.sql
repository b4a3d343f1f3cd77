-- one row per post or insurance subsidy with a month in which its person is on no day in a placement
-- The last day of a placement counts as a day in it.
WITH without_job AS (
    SELECT
        month.payment_no,
        min(month.month_start) AS month_start
    FROM core.subsidy_month AS month
    WHERE
        month.kind IN ('post', 'insurance')
        AND NOT EXISTS (
            SELECT 1 FROM core.placement AS placement
            WHERE
                placement.person_id = month.person_id
                AND placement.placed_on <= month.month_end
                AND coalesce(placement.ended_on, DATE '9999-12-31') >= month.month_start
        )
    GROUP BY month.payment_no
)

SELECT
    'subsidy_without_job' AS finding,
    'subsidies' AS table_name,
    subsidy.payment_no AS key,
    credit.region_code,
    credit.district_code,
    credit.street_code,
    subsidy.load_from AS load,
    strftime(without_job.month_start, '%Y-%m') AS detail
FROM without_job
INNER JOIN core.subsidy AS subsidy ON without_job.payment_no = subsidy.payment_no
INNER JOIN core.region_credit AS credit ON subsidy.region_id = credit.own_id
