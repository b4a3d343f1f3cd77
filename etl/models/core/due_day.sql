-- one row per region and day on which instalments of loans are due
SELECT
    region_id,
    due_on AS day,
    cast(sum(principal_due) AS DECIMAL(18, 2)) AS principal_due,
    cast(sum(settled_in_time) AS DECIMAL(18, 2)) AS settled_in_time,
    cast(sum(subsidy_due) AS DECIMAL(38, 8)) AS subsidy_due
FROM mart.loan_instalment
WHERE due_on IS NOT NULL
GROUP BY region_id, due_on
