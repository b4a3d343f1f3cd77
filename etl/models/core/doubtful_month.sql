-- one row per finding on a payment and month of it that is in doubt for that reason
SELECT
    'subsidy_overlap' AS finding,
    payment_no,
    month_start
FROM core.month_paid_twice
UNION ALL
SELECT
    'subsidy_without_job' AS finding,
    payment_no,
    month_start
FROM core.month_without_job
UNION ALL
SELECT
    'subsidy_after_working_age' AS finding,
    payment_no,
    month_start
FROM core.month_after_working_age
UNION ALL
SELECT
    'subsidy_after_exit' AS finding,
    payment_no,
    month_start
FROM core.month_after_exit
UNION ALL
SELECT
    'subsidy_over_duration' AS finding,
    payment_no,
    month_start
FROM core.month_over_duration
