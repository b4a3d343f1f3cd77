-- one row per city and all of several together: the percentage points behind the pace that are still "watch"
SELECT
    city_code,
    points
FROM policy.watch_points
