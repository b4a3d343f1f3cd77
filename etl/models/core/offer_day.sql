-- one row per region and day of posts developed, trainings begun and finished, households found without work, cleared
WITH counted AS (
    SELECT
        region_id,
        'post' AS what,
        developed_on AS day,
        headcount AS number
    FROM mart.post
    UNION ALL
    SELECT
        region_id,
        'begun' AS what,
        started_on AS day,
        1 AS number
    FROM mart.training
    UNION ALL
    SELECT
        region_id,
        CASE WHEN is_passed THEN 'passed' ELSE 'finished' END AS what,
        finished_on AS day,
        1 AS number
    FROM mart.training
    UNION ALL
    SELECT
        region_id,
        'found' AS what,
        identified_on AS day,
        1 AS number
    FROM mart.zero_household
    UNION ALL
    SELECT
        region_id,
        'cleared' AS what,
        cleared_on AS day,
        1 AS number
    FROM mart.zero_household
)

SELECT
    region_id,
    day,
    cast(sum(number) FILTER (WHERE what = 'post') AS BIGINT) AS posts_developed,
    cast(sum(number) FILTER (WHERE what = 'begun') AS INTEGER) AS trainings,
    cast(sum(number) FILTER (WHERE what IN ('passed', 'finished')) AS INTEGER) AS trainings_finished,
    cast(sum(number) FILTER (WHERE what = 'passed') AS INTEGER) AS trainings_passed,
    cast(sum(number) FILTER (WHERE what = 'found') AS INTEGER) AS households_found,
    cast(sum(number) FILTER (WHERE what = 'cleared') AS INTEGER) AS households_cleared
FROM counted
WHERE day IS NOT NULL
GROUP BY region_id, day
