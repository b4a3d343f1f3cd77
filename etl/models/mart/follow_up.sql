-- one row per placement of a person in hardship and month in which a visit is due; of the registration's community
-- Due are the months 1 … 12 after that of placement which end by the data date, unless it ended before they began.
WITH twelve AS (
    SELECT cast(each.number AS INTEGER) AS number
    FROM (SELECT unnest(range(1, 13)) AS number) AS each
),

month AS (
    SELECT
        placement.*,
        cast(date_trunc('month', placement.placed_on) + to_months(twelve.number) AS DATE) AS month_start,
        last_day(cast(date_trunc('month', placement.placed_on) + to_months(twelve.number) AS DATE)) AS month_end
    FROM core.placement AS placement
    CROSS JOIN twelve
    WHERE placement.hardships > 0
),

visited AS (
    SELECT DISTINCT
        registration_no,
        cast(date_trunc('month', visited_on) AS DATE) AS month_start
    FROM live.visits
)

SELECT
    month.placement_no,
    registration.region_id,
    month.month_end,
    visited.registration_no IS NOT NULL AS is_visited,
    month.hardships,
    month.age_band,
    month.sex,
    month.category,
    month.channel,
    month.sponsor
FROM month
CROSS JOIN core.stamp AS stamp
INNER JOIN core.registration AS registration ON month.registration_id = registration.registration_id
LEFT JOIN visited ON month.registration_no = visited.registration_no AND month.month_start = visited.month_start
WHERE
    (month.ended_on IS NULL OR month.ended_on >= month.month_start)
    AND month.month_end <= stamp.data_date
ORDER BY month.month_end
