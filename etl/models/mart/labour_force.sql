-- one row per community whose labour force is known, credited to its successor, with the days on which it is valid
SELECT
    region_code,
    credited_id AS region_id,
    valid_from,
    valid_to,
    labour_force
FROM mart.region
WHERE level = 'community' AND labour_force IS NOT NULL
ORDER BY credited_id
