-- one row per region and day of placements: how many of which kind; ripe_* and kept_*: as known at the data date
SELECT
    placement.region_id,
    placement.placed_on AS day,
    cast(count(*) AS INTEGER) AS placements,
    cast(sum(1) FILTER (WHERE placement.is_first_of_year) AS INTEGER) AS placed,
    cast(sum(1) FILTER (WHERE placement.is_first_of_year AND placement.is_4050) AS INTEGER) AS placed_4050,
    cast(sum(1) FILTER (WHERE placement.is_first_of_year AND placement.is_in_hardship) AS INTEGER) AS placed_hardship,
    cast(
        sum(1) FILTER (WHERE placement.is_first_of_year AND placement.holds_certificate) AS INTEGER
    ) AS placed_certified,
    cast(sum(1) FILTER (WHERE placement.day_90 <= stamp.data_date) AS INTEGER) AS ripe_90,
    cast(sum(1) FILTER (WHERE placement.day_90 <= stamp.data_date AND placement.is_kept_90) AS INTEGER) AS kept_90,
    cast(sum(1) FILTER (WHERE placement.day_180 <= stamp.data_date) AS INTEGER) AS ripe_180,
    cast(sum(1) FILTER (WHERE placement.day_180 <= stamp.data_date AND placement.is_kept_180) AS INTEGER) AS kept_180
FROM mart.placement AS placement
CROSS JOIN core.stamp AS stamp
WHERE placement.placed_on IS NOT NULL
GROUP BY placement.region_id, placement.placed_on
