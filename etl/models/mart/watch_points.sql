-- one row: the percentage points behind the pace that are still "watch"
SELECT points
FROM policy.watch_points
