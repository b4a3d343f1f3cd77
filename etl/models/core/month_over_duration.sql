-- one row per payment and month of it beyond the first so many distinct months that the policy allows person and kind
WITH numbered AS (
    SELECT
        month.payment_no,
        month.month_start,
        policy.months AS months_allowed,
        dense_rank() OVER (PARTITION BY month.person_id, month.kind ORDER BY month.month_start) AS number
    FROM core.subsidy_month AS month
    INNER JOIN policy.subsidy_months AS policy ON month.kind = policy.kind
)

SELECT
    payment_no,
    month_start
FROM numbered
WHERE number > months_allowed
