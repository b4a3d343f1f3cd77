-- one row per region and month of placements: how many of which kind; ripe_* and kept_*: as known at the data date
SELECT
    placement.region_id,
    cast(date_trunc('month', placement.placed_on) AS DATE) AS month,
    count(*) AS placements,
    nullif(count(*) FILTER (WHERE placement.is_first_of_year), 0) AS placed,
    nullif(count(*) FILTER (WHERE placement.is_first_of_year AND placement.is_4050), 0) AS placed_4050,
    nullif(count(*) FILTER (WHERE placement.is_first_of_year AND placement.is_in_hardship), 0) AS placed_hardship,
    nullif(count(*) FILTER (WHERE placement.is_first_of_year AND placement.holds_certificate), 0) AS placed_certified,
    nullif(count(*) FILTER (WHERE placement.day_90 <= stamp.data_date), 0) AS ripe_90,
    nullif(count(*) FILTER (WHERE placement.day_90 <= stamp.data_date AND placement.is_kept_90), 0) AS kept_90,
    nullif(count(*) FILTER (WHERE placement.day_180 <= stamp.data_date), 0) AS ripe_180,
    nullif(count(*) FILTER (WHERE placement.day_180 <= stamp.data_date AND placement.is_kept_180), 0) AS kept_180
FROM mart.placement AS placement
CROSS JOIN core.stamp AS stamp
GROUP BY placement.region_id, cast(date_trunc('month', placement.placed_on) AS DATE)
