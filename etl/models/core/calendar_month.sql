-- one row per month (its first day) from the first that anything is known of to that of the data date
WITH known AS (
    SELECT min(day) AS first_day FROM core.register_move
    UNION ALL
    SELECT min(day) AS first_day FROM core.service_day
    UNION ALL
    SELECT min(day) AS first_day FROM core.placement_day
    UNION ALL
    SELECT min(developed_on) AS first_day FROM mart.post
    UNION ALL
    SELECT min(started_on) AS first_day FROM mart.training
    UNION ALL
    SELECT min(finished_on) AS first_day FROM mart.training
    UNION ALL
    SELECT min(identified_on) AS first_day FROM mart.zero_household
    UNION ALL
    SELECT min(cleared_on) AS first_day FROM mart.zero_household
    UNION ALL
    SELECT min(paid_on) AS first_day FROM mart.subsidy_day
    UNION ALL
    SELECT min(disbursed_on) AS first_day FROM mart.loan
    UNION ALL
    SELECT min(valid_from) AS first_day FROM mart.loan_state
    UNION ALL
    SELECT min(due_on) AS first_day FROM mart.loan_instalment
    UNION ALL
    SELECT min(paid_on) AS first_day FROM mart.loan_payment
),

bounds AS (
    SELECT
        cast(date_trunc('month', min(known.first_day)) AS DATE) AS first_month,
        max(stamp.data_date) AS data_date
    FROM known
    CROSS JOIN core.stamp AS stamp
),

number AS (
    SELECT unnest(range(0, 6000)) AS months
)

SELECT cast(bounds.first_month + to_months(cast(number.months AS INTEGER)) AS DATE) AS month
FROM bounds
CROSS JOIN number
WHERE
    (year(bounds.data_date) - year(bounds.first_month)) * 12 + month(bounds.data_date) - month(bounds.first_month)
    >= number.months
