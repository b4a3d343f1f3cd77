-- one row per placement of a person in hardship for whom a visit is due in the month of the data date
-- Due are the months 1 … 12 after that of placement, unless it ended before they began (as in mart.follow_up).
WITH due AS (
    SELECT
        placement.*,
        stamp.data_date,
        cast(date_trunc('month', stamp.data_date) AS DATE) AS month_start,
        cast(
            12 * (year(stamp.data_date) - year(placement.placed_on))
            + month(stamp.data_date) - month(placement.placed_on) AS INTEGER
        ) AS month_number
    FROM core.placement AS placement
    CROSS JOIN core.stamp AS stamp
    WHERE placement.hardships > 0
),

visited AS (
    SELECT
        visit.registration_no,
        max(visit.visited_on) AS visited_on
    FROM live.visits AS visit
    CROSS JOIN core.stamp AS stamp
    WHERE visit.visited_on <= stamp.data_date
    GROUP BY visit.registration_no
)

SELECT
    registration.region_id,
    due.registration_no,
    due.placement_no,
    due.placed_on,
    due.month_number,
    last_day(due.data_date) AS due_on,
    visited.visited_on AS last_visited_on,
    coalesce(visited.visited_on >= due.month_start, FALSE) AS is_visited
FROM due
INNER JOIN core.registration AS registration ON due.registration_id = registration.registration_id
LEFT JOIN visited ON due.registration_no = visited.registration_no
WHERE
    due.month_number BETWEEN 1 AND 12
    AND (due.ended_on IS NULL OR due.ended_on >= due.month_start)
ORDER BY registration.region_id, visited.visited_on, due.registration_no
