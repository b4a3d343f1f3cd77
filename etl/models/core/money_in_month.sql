-- one row per region and month: its days added up
-- What began before the first month stands from there on.
WITH bounds AS (
    SELECT min(month) AS first_month FROM core.calendar_month
)

SELECT
    own.region_id,
    greatest(cast(date_trunc('month', own.day) AS DATE), bounds.first_month) AS month,
    cast(sum(own.outstanding) AS DECIMAL(18, 2)) AS outstanding,
    cast(sum(own.late_0) AS DECIMAL(18, 2)) AS late_0,
    cast(sum(own.late_30) AS DECIMAL(18, 2)) AS late_30,
    cast(sum(own.late_60) AS DECIMAL(18, 2)) AS late_60,
    cast(sum(own.late_90) AS DECIMAL(18, 2)) AS late_90,
    cast(sum(own.late_180) AS DECIMAL(18, 2)) AS late_180,
    cast(sum(own.unrecovered) AS DECIMAL(18, 2)) AS unrecovered,
    cast(sum(own.compensated) AS DECIMAL(18, 2)) AS compensated,
    cast(sum(own.compensated_in_all) AS DECIMAL(18, 2)) AS compensated_in_all,
    cast(sum(own.recovered_in_all) AS DECIMAL(18, 2)) AS recovered_in_all,
    cast(sum(own.loans) AS BIGINT) AS loans,
    cast(sum(own.lent) AS DECIMAL(18, 2)) AS lent,
    cast(sum(own.jobs_created) AS BIGINT) AS jobs_created,
    cast(sum(own.principal_due) AS DECIMAL(18, 2)) AS principal_due,
    cast(sum(own.settled_in_time) AS DECIMAL(18, 2)) AS settled_in_time,
    cast(sum(own.subsidy_due) AS DECIMAL(38, 8)) AS subsidy_due,
    cast(sum(own.settled) AS DECIMAL(18, 2)) AS settled,
    cast(sum(own.compensation_paid) AS DECIMAL(18, 2)) AS compensation_paid,
    cast(sum(own.compensation_reversed) AS DECIMAL(18, 2)) AS compensation_reversed,
    cast(sum(own.recovery_paid) AS DECIMAL(18, 2)) AS recovery_paid,
    cast(sum(own.recovery_reversed) AS DECIMAL(18, 2)) AS recovery_reversed,
    cast(sum(own.spend) AS DECIMAL(18, 2)) AS spend,
    cast(sum(own.spend_on_persons) AS DECIMAL(18, 2)) AS spend_on_persons,
    cast(sum(own.spend_on_placement) AS DECIMAL(18, 2)) AS spend_on_placement
FROM mart.money_day AS own
CROSS JOIN bounds
GROUP BY own.region_id, greatest(cast(date_trunc('month', own.day) AS DATE), bounds.first_month)
