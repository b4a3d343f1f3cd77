-- one row per region and day on which posts, entities and households without work begin to stand or cease to: how many
-- more, or fewer, stand so
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

turn AS (
    SELECT
        *,
        begins AS day,
        1 AS sign
    FROM stay
    UNION ALL
    SELECT
        *,
        ends AS day,
        -1 AS sign
    FROM stay
)

SELECT
    turn.region_id,
    turn.day,
    cast(sum(turn.sign * turn.number) FILTER (WHERE turn.what = 'post') AS BIGINT) AS posts_open,
    cast(sum(turn.sign * turn.further) FILTER (WHERE turn.what = 'post') AS BIGINT) AS posts_welfare,
    cast(sum(turn.sign * turn.number) FILTER (WHERE turn.what = 'entity') AS INTEGER) AS entities_open,
    cast(sum(turn.sign * turn.planned) FILTER (WHERE turn.what = 'entity') AS BIGINT) AS entity_jobs_planned,
    cast(sum(turn.sign * turn.further) FILTER (WHERE turn.what = 'entity') AS BIGINT) AS entity_jobs,
    cast(sum(turn.sign * turn.number) FILTER (WHERE turn.what = 'open') AS INTEGER) AS households_open,
    cast(sum(turn.sign * turn.number) FILTER (WHERE turn.what = 'overdue') AS INTEGER) AS households_overdue,
    cast(sum(turn.sign * turn.number) FILTER (WHERE turn.what = 'due soon') AS INTEGER) AS households_due_soon
FROM turn
CROSS JOIN core.stamp AS stamp
WHERE turn.begins < turn.ends AND turn.day <= last_day(stamp.data_date)
GROUP BY turn.region_id, turn.day
