-- one row per region and month in which compensation or recovery is paid, or a payment of them reversed
WITH payment AS (
    SELECT
        region_id,
        kind,
        date_trunc('month', paid_on) AS month,
        principal + interest AS paid,
        NULL AS reversed
    FROM mart.loan_payment
    UNION ALL
    SELECT
        region_id,
        kind,
        date_trunc('month', reversed_on) AS month,
        NULL AS paid,
        -(principal + interest) AS reversed
    FROM mart.loan_payment
    WHERE reversed_on IS NOT NULL
)

SELECT
    region_id,
    cast(month AS DATE) AS month,
    sum(paid) FILTER (WHERE kind = 'compensation') AS compensation_paid,
    sum(reversed) FILTER (WHERE kind = 'compensation') AS compensation_reversed,
    sum(paid) FILTER (WHERE kind = 'recovery') AS recovery_paid,
    sum(reversed) FILTER (WHERE kind = 'recovery') AS recovery_reversed
FROM payment
WHERE kind IN ('compensation', 'recovery')
GROUP BY region_id, month
