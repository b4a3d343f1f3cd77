-- one row per region and month: how the loans stand at its end
WITH move AS (
    SELECT
        *,
        begins AS month,
        1 AS sign
    FROM core.loan_stay
    UNION ALL
    SELECT
        *,
        ends AS month,
        -1 AS sign
    FROM core.loan_stay
),

net AS (
    SELECT
        region_id,
        month,
        sum(sign * outstanding) AS outstanding,
        sum(sign * late_0) AS late_0,
        sum(sign * late_30) AS late_30,
        sum(sign * late_60) AS late_60,
        sum(sign * late_90) AS late_90,
        sum(sign * late_180) AS late_180,
        sum(sign * unrecovered) AS unrecovered,
        sum(sign * compensated) AS compensated,
        sum(sign * compensated_in_all) AS compensated_in_all,
        sum(sign * recovered_in_all) AS recovered_in_all
    FROM move
    GROUP BY region_id, month
)

SELECT
    region.region_id,
    calendar.month,
    cast(nullif(sum(net.outstanding) OVER so_far, 0) AS DECIMAL(18, 2)) AS outstanding,
    cast(nullif(sum(net.late_0) OVER so_far, 0) AS DECIMAL(18, 2)) AS late_0,
    cast(nullif(sum(net.late_30) OVER so_far, 0) AS DECIMAL(18, 2)) AS late_30,
    cast(nullif(sum(net.late_60) OVER so_far, 0) AS DECIMAL(18, 2)) AS late_60,
    cast(nullif(sum(net.late_90) OVER so_far, 0) AS DECIMAL(18, 2)) AS late_90,
    cast(nullif(sum(net.late_180) OVER so_far, 0) AS DECIMAL(18, 2)) AS late_180,
    cast(nullif(sum(net.unrecovered) OVER so_far, 0) AS DECIMAL(18, 2)) AS unrecovered,
    cast(nullif(sum(net.compensated) OVER so_far, 0) AS DECIMAL(18, 2)) AS compensated,
    cast(nullif(sum(net.compensated_in_all) OVER so_far, 0) AS DECIMAL(18, 2)) AS compensated_in_all,
    cast(nullif(sum(net.recovered_in_all) OVER so_far, 0) AS DECIMAL(18, 2)) AS recovered_in_all
FROM mart.region AS region
CROSS JOIN core.calendar_month AS calendar
LEFT JOIN net ON region.region_id = net.region_id AND calendar.month = net.month
WINDOW so_far AS (PARTITION BY region.region_id ORDER BY calendar.month)
