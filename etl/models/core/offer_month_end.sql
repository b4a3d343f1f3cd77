-- one row per region and month: the posts, entities and households without work that stand at its end
-- What began before the first month stands from there on.
WITH stay AS (
    SELECT
        region_id,
        developed_on AS begins,
        closed_on AS ends,
        headcount AS posts_open,
        CASE WHEN kind = 'public_welfare' THEN headcount END AS posts_welfare,
        NULL AS entities_open,
        NULL AS entity_jobs_planned,
        NULL AS entity_jobs,
        NULL AS households_open,
        NULL AS households_overdue,
        NULL AS households_due_soon
    FROM mart.post
    UNION ALL
    SELECT
        region_id,
        founded_on AS begins,
        closed_on AS ends,
        NULL AS posts_open,
        NULL AS posts_welfare,
        1 AS entities_open,
        jobs_planned AS entity_jobs_planned,
        jobs AS entity_jobs,
        NULL AS households_open,
        NULL AS households_overdue,
        NULL AS households_due_soon
    FROM mart.entity
    UNION ALL
    SELECT
        region_id,
        identified_on AS begins,
        cleared_on AS ends,
        NULL AS posts_open,
        NULL AS posts_welfare,
        NULL AS entities_open,
        NULL AS entity_jobs_planned,
        NULL AS entity_jobs,
        1 AS households_open,
        NULL AS households_overdue,
        NULL AS households_due_soon
    FROM mart.zero_household
    UNION ALL
    SELECT
        region_id,
        overdue_on AS begins,
        cleared_on AS ends,
        NULL AS posts_open,
        NULL AS posts_welfare,
        NULL AS entities_open,
        NULL AS entity_jobs_planned,
        NULL AS entity_jobs,
        NULL AS households_open,
        1 AS households_overdue,
        NULL AS households_due_soon
    FROM mart.zero_household
    UNION ALL
    SELECT
        region_id,
        due_soon_on AS begins,
        due_soon_until AS ends,
        NULL AS posts_open,
        NULL AS posts_welfare,
        NULL AS entities_open,
        NULL AS entity_jobs_planned,
        NULL AS entity_jobs,
        NULL AS households_open,
        NULL AS households_overdue,
        1 AS households_due_soon
    FROM mart.zero_household
),

bounds AS (
    SELECT min(month) AS first_month FROM core.calendar_month
),

standing AS (
    SELECT
        stay.region_id,
        greatest(cast(date_trunc('month', stay.begins) AS DATE), bounds.first_month) AS begins,
        cast(date_trunc('month', stay.ends) AS DATE) AS ends,
        sum(stay.posts_open) AS posts_open,
        sum(stay.posts_welfare) AS posts_welfare,
        sum(stay.entities_open) AS entities_open,
        sum(stay.entity_jobs_planned) AS entity_jobs_planned,
        sum(stay.entity_jobs) AS entity_jobs,
        sum(stay.households_open) AS households_open,
        sum(stay.households_overdue) AS households_overdue,
        sum(stay.households_due_soon) AS households_due_soon
    FROM stay
    CROSS JOIN bounds
    WHERE
        date_trunc('month', stay.begins) < date_trunc('month', stay.ends)
        AND date_trunc('month', stay.ends) > bounds.first_month
    GROUP BY
        stay.region_id,
        greatest(cast(date_trunc('month', stay.begins) AS DATE), bounds.first_month),
        date_trunc('month', stay.ends)
),

move AS (
    SELECT
        *,
        begins AS month,
        1 AS sign
    FROM standing
    UNION ALL
    SELECT
        *,
        ends AS month,
        -1 AS sign
    FROM standing
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
