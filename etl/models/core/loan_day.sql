-- one row per region and day on which loans are disbursed, instalments due, compensation or recovery paid or reversed
-- settled: of what is due, as known at the data date.
WITH counted AS (
    SELECT
        region_id,
        disbursed_on AS day,
        'loan' AS what,
        1 AS number,
        lent AS amount,
        jobs_created AS further
    FROM mart.loan
    UNION ALL
    SELECT
        settlement.region_id,
        settlement.due_on AS day,
        'settled' AS what,
        NULL AS number,
        settlement.amount,
        NULL AS further
    FROM mart.loan_settlement AS settlement
    CROSS JOIN core.stamp AS stamp
    WHERE settlement.settled_on <= stamp.data_date
    UNION ALL
    SELECT
        region_id,
        paid_on AS day,
        kind AS what,
        NULL AS number,
        principal + interest AS amount,
        NULL AS further
    FROM mart.loan_payment
    WHERE kind IN ('compensation', 'recovery')
    UNION ALL
    SELECT
        region_id,
        reversed_on AS day,
        kind || ' reversed' AS what,
        NULL AS number,
        -(principal + interest) AS amount,
        NULL AS further
    FROM mart.loan_payment
    WHERE kind IN ('compensation', 'recovery')
)

SELECT
    region_id,
    day,
    cast(sum(number) AS INTEGER) AS loans,
    cast(sum(amount) FILTER (WHERE what = 'loan') AS DECIMAL(18, 2)) AS lent,
    cast(sum(further) AS BIGINT) AS jobs_created,
    cast(sum(amount) FILTER (WHERE what = 'settled') AS DECIMAL(18, 2)) AS settled,
    cast(sum(amount) FILTER (WHERE what = 'compensation') AS DECIMAL(18, 2)) AS compensation_paid,
    cast(sum(amount) FILTER (WHERE what = 'compensation reversed') AS DECIMAL(18, 2)) AS compensation_reversed,
    cast(sum(amount) FILTER (WHERE what = 'recovery') AS DECIMAL(18, 2)) AS recovery_paid,
    cast(sum(amount) FILTER (WHERE what = 'recovery reversed') AS DECIMAL(18, 2)) AS recovery_reversed
FROM counted
WHERE day IS NOT NULL
GROUP BY region_id, day
