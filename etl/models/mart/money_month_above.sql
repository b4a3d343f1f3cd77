-- one row per city, district and street and month: money_month summed over the regions in it
WITH above AS (
    SELECT
        region_id,
        'city' AS level,
        city_id AS above_id
    FROM mart.region
    WHERE city_id IS NOT NULL
    UNION ALL
    SELECT
        region_id,
        'district' AS level,
        district_id AS above_id
    FROM mart.region
    WHERE district_id IS NOT NULL
    UNION ALL
    SELECT
        region_id,
        'street' AS level,
        street_id AS above_id
    FROM mart.region
    WHERE street_id IS NOT NULL
)

SELECT
    above.level,
    above.above_id AS region_id,
    own.month,
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
    cast(sum(own.spend_on_placement) AS DECIMAL(18, 2)) AS spend_on_placement,
    cast(sum(own.month_in_city) AS BIGINT) AS month_in_city,
    cast(sum(own.month_in_district) AS BIGINT) AS month_in_district,
    cast(sum(own.month_in_street) AS BIGINT) AS month_in_street,
    cast(sum(own.month_in_community) AS BIGINT) AS month_in_community,
    cast(sum(own.year_in_city) AS BIGINT) AS year_in_city,
    cast(sum(own.year_in_district) AS BIGINT) AS year_in_district,
    cast(sum(own.year_in_street) AS BIGINT) AS year_in_street,
    cast(sum(own.year_in_community) AS BIGINT) AS year_in_community
FROM mart.money_month AS own
INNER JOIN above ON own.region_id = above.region_id
GROUP BY above.level, above.above_id, own.month
ORDER BY own.month, above.above_id
