-- one row per placement of a person in hardship and month in which a visit is due; of the registration's community
-- Due are the months 1 … 12 after that of placement which end by the data date, unless it ended before they began.
-- How many have ended is counted before they are made: of a condition on each the engine expects a thousandth of the
-- rows there are, and would hold millions of them in memory to join a few thousand visits.
WITH twelve AS (
    SELECT cast(each.number AS INTEGER) AS number
    FROM (SELECT unnest(range(1, 13)) AS number) AS each
),

placement AS (
    SELECT
        placement.placement_no,
        placement.registration_no,
        registration.region_id,
        placement.ended_on,
        placement.hardships,
        placement.age_band,
        placement.sex,
        placement.category,
        placement.channel,
        placement.sponsor,
        date_trunc('month', placement.placed_on) AS placed_in,
        12 * (year(stamp.data_date) - year(placement.placed_on))
        + month(stamp.data_date) - month(placement.placed_on)
        - cast(stamp.data_date < last_day(stamp.data_date) AS INTEGER) AS months_ended
    FROM core.placement AS placement
    INNER JOIN core.registration AS registration ON placement.registration_id = registration.registration_id
    CROSS JOIN core.stamp AS stamp
    WHERE placement.hardships > 0
),

month AS (
    SELECT
        placement.*,
        cast(placement.placed_in + to_months(twelve.number) AS DATE) AS month_start
    FROM placement
    INNER JOIN twelve ON placement.months_ended >= twelve.number
),

visited AS (
    SELECT DISTINCT
        registration_no,
        cast(date_trunc('month', visited_on) AS DATE) AS month_start
    FROM live.visits
)

SELECT
    month.placement_no,
    month.region_id,
    last_day(month.month_start) AS month_end,
    visited.registration_no IS NOT NULL AS is_visited,
    month.hardships,
    month.age_band,
    month.sex,
    month.category,
    month.channel,
    month.sponsor
FROM month
LEFT JOIN visited ON month.registration_no = visited.registration_no AND month.month_start = visited.month_start
WHERE month.ended_on IS NULL OR month.ended_on >= month.month_start
ORDER BY last_day(month.month_start)
