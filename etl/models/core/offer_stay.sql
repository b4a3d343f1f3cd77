-- one row per region, first month at whose end posts, entities and households without work stand, and first when they
-- do no more; what began before the first month stands from there on
WITH stay AS (
    SELECT
        region_id,
        'post' AS what,
        developed_on AS begins,
        closed_on AS ends,
        headcount AS number,
        CASE WHEN kind = 'public_welfare' THEN headcount END AS further,
        NULL AS planned
    FROM mart.post
    UNION ALL
    SELECT
        region_id,
        'entity' AS what,
        founded_on AS begins,
        closed_on AS ends,
        1 AS number,
        jobs AS further,
        jobs_planned AS planned
    FROM mart.entity
    UNION ALL
    SELECT
        part.region_id,
        each.what,
        CASE each.what
            WHEN 'open' THEN part.identified_on
            WHEN 'overdue' THEN part.overdue_on
            ELSE part.due_soon_on
        END AS begins,
        CASE WHEN each.what = 'due soon' THEN part.due_soon_until ELSE part.cleared_on END AS ends,
        1 AS number,
        NULL AS further,
        NULL AS planned
    FROM mart.zero_household AS part
    CROSS JOIN (VALUES ('open'), ('overdue'), ('due soon')) AS each (what)
),

bounds AS (
    SELECT min(month) AS first_month FROM core.calendar_month
)

SELECT
    stay.region_id,
    greatest(cast(date_trunc('month', stay.begins) AS DATE), bounds.first_month) AS begins,
    cast(date_trunc('month', stay.ends) AS DATE) AS ends,
    sum(stay.number) FILTER (WHERE stay.what = 'post') AS posts_open,
    sum(stay.further) FILTER (WHERE stay.what = 'post') AS posts_welfare,
    sum(stay.number) FILTER (WHERE stay.what = 'entity') AS entities_open,
    sum(stay.planned) FILTER (WHERE stay.what = 'entity') AS entity_jobs_planned,
    sum(stay.further) FILTER (WHERE stay.what = 'entity') AS entity_jobs,
    sum(stay.number) FILTER (WHERE stay.what = 'open') AS households_open,
    sum(stay.number) FILTER (WHERE stay.what = 'overdue') AS households_overdue,
    sum(stay.number) FILTER (WHERE stay.what = 'due soon') AS households_due_soon
FROM stay
CROSS JOIN bounds
WHERE
    date_trunc('month', stay.begins) < date_trunc('month', stay.ends)
    AND date_trunc('month', stay.ends) > bounds.first_month
GROUP BY
    stay.region_id,
    greatest(cast(date_trunc('month', stay.begins) AS DATE), bounds.first_month),
    date_trunc('month', stay.ends)
