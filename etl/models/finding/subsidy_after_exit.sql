-- one row per payment for a month after its registration closed for death, retirement or moving away
WITH after_exit AS (
    SELECT
        payment_no,
        min(month_start) AS month_start,
        any_value(close_reason || ' ' || cast(closed_on AS VARCHAR)) AS closing
    FROM core.month_after_exit
    GROUP BY payment_no
)

SELECT
    'subsidy_after_exit' AS finding,
    'subsidies' AS table_name,
    subsidy.payment_no AS key,
    credit.region_code,
    credit.district_code,
    credit.street_code,
    subsidy.load_from AS load,
    after_exit.closing || ' < ' || strftime(after_exit.month_start, '%Y-%m') AS detail,
    subsidy.amount,
    doubtful.in_doubt
FROM after_exit
INNER JOIN core.subsidy AS subsidy ON after_exit.payment_no = subsidy.payment_no
INNER JOIN core.region_credit AS credit ON subsidy.region_id = credit.own_id
LEFT JOIN core.doubtful_amount AS doubtful
    ON subsidy.payment_no = doubtful.payment_no AND doubtful.finding = 'subsidy_after_exit'
