-- one row per region and month in which instalments of loans are due
WITH settled AS (
    SELECT
        settlement.region_id,
        date_trunc('month', settlement.due_on) AS month,
        sum(settlement.amount) AS amount
    FROM mart.loan_settlement AS settlement
    CROSS JOIN core.stamp AS stamp
    WHERE settlement.settled_on <= stamp.data_date
    GROUP BY settlement.region_id, date_trunc('month', settlement.due_on)
),

due AS (
    SELECT
        region_id,
        date_trunc('month', due_on) AS month,
        sum(principal_due) AS principal_due,
        sum(settled_in_time) AS settled_in_time,
        sum(subsidy_due) AS subsidy_due
    FROM mart.loan_instalment
    GROUP BY region_id, date_trunc('month', due_on)
)

SELECT
    due.region_id,
    cast(due.month AS DATE) AS month,
    due.principal_due,
    due.settled_in_time,
    due.subsidy_due,
    settled.amount AS settled
FROM due
LEFT JOIN settled ON due.region_id = settled.region_id AND due.month = settled.month
