-- one row per region and month: the open registrations that count as updated at its end
WITH move AS (
    SELECT
        *,
        begins AS month,
        1 AS sign
    FROM core.updated_stay
    UNION ALL
    SELECT
        *,
        ends AS month,
        -1 AS sign
    FROM core.updated_stay
),

net AS (
    SELECT
        region_id,
        month,
        sum(sign * updated) AS updated
    FROM move
    GROUP BY region_id, month
)

SELECT
    region.region_id,
    calendar.month,
    cast(nullif(sum(net.updated) OVER so_far, 0) AS BIGINT) AS updated
FROM mart.region AS region
CROSS JOIN core.calendar_month AS calendar
LEFT JOIN net ON region.region_id = net.region_id AND calendar.month = net.month
WINDOW so_far AS (PARTITION BY region.region_id ORDER BY calendar.month)
