-- one row per region and month: what was lent, due and paid in it, and what is owed at its end
SELECT
    region.region_id,
    calendar.month,
    cast(nullif(sum(own.outstanding) OVER so_far, 0) AS DECIMAL(18, 2)) AS outstanding,
    cast(nullif(sum(own.late_0) OVER so_far, 0) AS DECIMAL(18, 2)) AS late_0,
    cast(nullif(sum(own.late_30) OVER so_far, 0) AS DECIMAL(18, 2)) AS late_30,
    cast(nullif(sum(own.late_60) OVER so_far, 0) AS DECIMAL(18, 2)) AS late_60,
    cast(nullif(sum(own.late_90) OVER so_far, 0) AS DECIMAL(18, 2)) AS late_90,
    cast(nullif(sum(own.late_180) OVER so_far, 0) AS DECIMAL(18, 2)) AS late_180,
    cast(nullif(sum(own.unrecovered) OVER so_far, 0) AS DECIMAL(18, 2)) AS unrecovered,
    cast(nullif(sum(own.compensated) OVER so_far, 0) AS DECIMAL(18, 2)) AS compensated,
    cast(nullif(sum(own.compensated_in_all) OVER so_far, 0) AS DECIMAL(18, 2)) AS compensated_in_all,
    cast(nullif(sum(own.recovered_in_all) OVER so_far, 0) AS DECIMAL(18, 2)) AS recovered_in_all,
    own.loans,
    own.lent,
    own.jobs_created,
    own.principal_due,
    own.settled_in_time,
    own.subsidy_due,
    own.settled,
    own.compensation_paid,
    own.compensation_reversed,
    own.recovery_paid,
    own.recovery_reversed,
    own.spend,
    own.spend_on_persons,
    own.spend_on_placement,
    cast(person.month_in_city AS BIGINT) AS month_in_city,
    cast(person.month_in_district AS BIGINT) AS month_in_district,
    cast(person.month_in_street AS BIGINT) AS month_in_street,
    cast(person.month_in_community AS BIGINT) AS month_in_community,
    cast(person.year_in_city AS BIGINT) AS year_in_city,
    cast(person.year_in_district AS BIGINT) AS year_in_district,
    cast(person.year_in_street AS BIGINT) AS year_in_street,
    cast(person.year_in_community AS BIGINT) AS year_in_community
FROM mart.region AS region
CROSS JOIN core.calendar_month AS calendar
LEFT JOIN core.money_in_month AS own ON region.region_id = own.region_id AND calendar.month = own.month
LEFT JOIN core.person_paid_month AS person ON region.region_id = person.region_id AND calendar.month = person.month
WINDOW so_far AS (PARTITION BY region.region_id ORDER BY calendar.month)
ORDER BY calendar.month, region.region_id
