-- one row per region and month of posts developed, trainings begun and finished, households found without work, cleared
-- posts_filled, *_ripe and what stands beside them: as far as it is known at the data date.
WITH counted AS (
    SELECT
        region_id,
        developed_on AS happened_on,
        headcount AS posts_developed,
        NULL AS posts_filled,
        NULL AS trainings,
        NULL AS trainings_finished,
        NULL AS trainings_passed,
        NULL AS trainings_ripe,
        NULL AS trainings_placed,
        NULL AS households_found,
        NULL AS households_ripe,
        NULL AS households_in_term,
        NULL AS households_cleared
    FROM mart.post
    UNION ALL
    SELECT
        part.region_id,
        part.developed_on AS happened_on,
        NULL AS posts_developed,
        CASE WHEN part.placed_on <= stamp.data_date THEN 1 END AS posts_filled,
        NULL AS trainings,
        NULL AS trainings_finished,
        NULL AS trainings_passed,
        NULL AS trainings_ripe,
        NULL AS trainings_placed,
        NULL AS households_found,
        NULL AS households_ripe,
        NULL AS households_in_term,
        NULL AS households_cleared
    FROM mart.post_placement AS part
    CROSS JOIN core.stamp AS stamp
    UNION ALL
    SELECT
        region_id,
        started_on AS happened_on,
        NULL AS posts_developed,
        NULL AS posts_filled,
        1 AS trainings,
        NULL AS trainings_finished,
        NULL AS trainings_passed,
        NULL AS trainings_ripe,
        NULL AS trainings_placed,
        NULL AS households_found,
        NULL AS households_ripe,
        NULL AS households_in_term,
        NULL AS households_cleared
    FROM mart.training
    UNION ALL
    SELECT
        part.region_id,
        part.finished_on AS happened_on,
        NULL AS posts_developed,
        NULL AS posts_filled,
        NULL AS trainings,
        1 AS trainings_finished,
        CASE WHEN part.is_passed THEN 1 END AS trainings_passed,
        CASE WHEN part.is_passed AND part.day_180 <= stamp.data_date THEN 1 END AS trainings_ripe,
        CASE
            WHEN part.is_passed AND part.is_placed_after AND part.day_180 <= stamp.data_date THEN 1
        END AS trainings_placed,
        NULL AS households_found,
        NULL AS households_ripe,
        NULL AS households_in_term,
        NULL AS households_cleared
    FROM mart.training AS part
    CROSS JOIN core.stamp AS stamp
    UNION ALL
    SELECT
        part.region_id,
        part.identified_on AS happened_on,
        NULL AS posts_developed,
        NULL AS posts_filled,
        NULL AS trainings,
        NULL AS trainings_finished,
        NULL AS trainings_passed,
        NULL AS trainings_ripe,
        NULL AS trainings_placed,
        1 AS households_found,
        CASE WHEN part.term_ends_on <= stamp.data_date THEN 1 END AS households_ripe,
        CASE WHEN part.is_cleared_in_term AND part.term_ends_on <= stamp.data_date THEN 1 END AS households_in_term,
        NULL AS households_cleared
    FROM mart.zero_household AS part
    CROSS JOIN core.stamp AS stamp
    UNION ALL
    SELECT
        region_id,
        cleared_on AS happened_on,
        NULL AS posts_developed,
        NULL AS posts_filled,
        NULL AS trainings,
        NULL AS trainings_finished,
        NULL AS trainings_passed,
        NULL AS trainings_ripe,
        NULL AS trainings_placed,
        NULL AS households_found,
        NULL AS households_ripe,
        NULL AS households_in_term,
        1 AS households_cleared
    FROM mart.zero_household
)

SELECT
    region_id,
    cast(date_trunc('month', happened_on) AS DATE) AS month,
    cast(sum(posts_developed) AS BIGINT) AS posts_developed,
    cast(sum(posts_filled) AS BIGINT) AS posts_filled,
    cast(sum(trainings) AS BIGINT) AS trainings,
    cast(sum(trainings_finished) AS BIGINT) AS trainings_finished,
    cast(sum(trainings_passed) AS BIGINT) AS trainings_passed,
    cast(sum(trainings_ripe) AS BIGINT) AS trainings_ripe,
    cast(sum(trainings_placed) AS BIGINT) AS trainings_placed,
    cast(sum(households_found) AS BIGINT) AS households_found,
    cast(sum(households_ripe) AS BIGINT) AS households_ripe,
    cast(sum(households_in_term) AS BIGINT) AS households_in_term,
    cast(sum(households_cleared) AS BIGINT) AS households_cleared
FROM counted
WHERE happened_on IS NOT NULL
GROUP BY region_id, date_trunc('month', happened_on)
