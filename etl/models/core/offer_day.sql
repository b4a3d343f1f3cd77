-- one row per region and day of posts developed, trainings begun and finished, households found without work, cleared
WITH counted AS (
    SELECT
        region_id,
        developed_on AS happened_on,
        headcount AS posts_developed,
        NULL AS trainings,
        NULL AS trainings_finished,
        NULL AS trainings_passed,
        NULL AS households_found,
        NULL AS households_cleared
    FROM mart.post
    UNION ALL
    SELECT
        region_id,
        started_on AS happened_on,
        NULL AS posts_developed,
        1 AS trainings,
        NULL AS trainings_finished,
        NULL AS trainings_passed,
        NULL AS households_found,
        NULL AS households_cleared
    FROM mart.training
    UNION ALL
    SELECT
        region_id,
        finished_on AS happened_on,
        NULL AS posts_developed,
        NULL AS trainings,
        1 AS trainings_finished,
        CASE WHEN is_passed THEN 1 END AS trainings_passed,
        NULL AS households_found,
        NULL AS households_cleared
    FROM mart.training
    UNION ALL
    SELECT
        region_id,
        identified_on AS happened_on,
        NULL AS posts_developed,
        NULL AS trainings,
        NULL AS trainings_finished,
        NULL AS trainings_passed,
        1 AS households_found,
        NULL AS households_cleared
    FROM mart.zero_household
    UNION ALL
    SELECT
        region_id,
        cleared_on AS happened_on,
        NULL AS posts_developed,
        NULL AS trainings,
        NULL AS trainings_finished,
        NULL AS trainings_passed,
        NULL AS households_found,
        1 AS households_cleared
    FROM mart.zero_household
)

SELECT
    region_id,
    happened_on AS day,
    cast(sum(posts_developed) AS BIGINT) AS posts_developed,
    cast(sum(trainings) AS INTEGER) AS trainings,
    cast(sum(trainings_finished) AS INTEGER) AS trainings_finished,
    cast(sum(trainings_passed) AS INTEGER) AS trainings_passed,
    cast(sum(households_found) AS INTEGER) AS households_found,
    cast(sum(households_cleared) AS INTEGER) AS households_cleared
FROM counted
WHERE happened_on IS NOT NULL
GROUP BY region_id, happened_on
