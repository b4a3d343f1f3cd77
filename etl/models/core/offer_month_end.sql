-- one row per region and month: the posts, entities and households without work that stand at its end
WITH move AS (
    SELECT
        *,
        begins AS month,
        1 AS sign
    FROM core.offer_stay
    UNION ALL
    SELECT
        *,
        ends AS month,
        -1 AS sign
    FROM core.offer_stay
),

net AS (
    SELECT
        region_id,
        month,
        sum(sign * posts_open) AS posts_open,
        sum(sign * posts_welfare) AS posts_welfare,
        sum(sign * entities_open) AS entities_open,
        sum(sign * entity_jobs_planned) AS entity_jobs_planned,
        sum(sign * entity_jobs) AS entity_jobs,
        sum(sign * households_open) AS households_open,
        sum(sign * households_overdue) AS households_overdue,
        sum(sign * households_due_soon) AS households_due_soon
    FROM move
    GROUP BY region_id, month
)

SELECT
    region.region_id,
    calendar.month,
    cast(nullif(sum(net.posts_open) OVER so_far, 0) AS BIGINT) AS posts_open,
    cast(nullif(sum(net.posts_welfare) OVER so_far, 0) AS BIGINT) AS posts_welfare,
    cast(nullif(sum(net.entities_open) OVER so_far, 0) AS BIGINT) AS entities_open,
    cast(nullif(sum(net.entity_jobs_planned) OVER so_far, 0) AS BIGINT) AS entity_jobs_planned,
    cast(nullif(sum(net.entity_jobs) OVER so_far, 0) AS BIGINT) AS entity_jobs,
    cast(nullif(sum(net.households_open) OVER so_far, 0) AS BIGINT) AS households_open,
    cast(nullif(sum(net.households_overdue) OVER so_far, 0) AS BIGINT) AS households_overdue,
    cast(nullif(sum(net.households_due_soon) OVER so_far, 0) AS BIGINT) AS households_due_soon
FROM mart.region AS region
CROSS JOIN core.calendar_month AS calendar
LEFT JOIN net ON region.region_id = net.region_id AND calendar.month = net.month
WINDOW so_far AS (PARTITION BY region.region_id ORDER BY calendar.month)
