-- one row per region and day of what is known of it only later, as far as it is known at the data date
-- Posts developed that were filled; trainings passed and households found that had their term, and which kept it.
WITH ripe AS (
    SELECT
        region_id,
        'post' AS what,
        developed_on AS happened_on,
        placed_on AS known_on,
        TRUE AS is_kept
    FROM mart.post_placement
    UNION ALL
    SELECT
        region_id,
        'training' AS what,
        finished_on AS happened_on,
        day_180 AS known_on,
        is_placed_after AS is_kept
    FROM mart.training
    WHERE is_passed
    UNION ALL
    SELECT
        region_id,
        'household' AS what,
        identified_on AS happened_on,
        term_ends_on AS known_on,
        is_cleared_in_term AS is_kept
    FROM mart.zero_household
)

SELECT
    ripe.region_id,
    ripe.happened_on AS day,
    cast(nullif(count(*) FILTER (WHERE ripe.what = 'post'), 0) AS INTEGER) AS posts_filled,
    cast(nullif(count(*) FILTER (WHERE ripe.what = 'training'), 0) AS INTEGER) AS trainings_ripe,
    cast(nullif(count(*) FILTER (WHERE ripe.what = 'training' AND ripe.is_kept), 0) AS INTEGER) AS trainings_placed,
    cast(nullif(count(*) FILTER (WHERE ripe.what = 'household'), 0) AS INTEGER) AS households_ripe,
    cast(nullif(count(*) FILTER (WHERE ripe.what = 'household' AND ripe.is_kept), 0) AS INTEGER) AS households_in_term
FROM ripe
CROSS JOIN core.stamp AS stamp
WHERE ripe.happened_on IS NOT NULL AND ripe.known_on <= stamp.data_date
GROUP BY ripe.region_id, ripe.happened_on
