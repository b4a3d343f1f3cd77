-- one row per placement
SELECT
    placement_no,
    region_id,
    placed_on,
    is_first_of_year,
    is_4050,
    hardships > 0 AS is_in_hardship,
    hardships,
    age_band,
    coalesce(certificate_on <= placed_on, FALSE) AS holds_certificate,
    placed_on + 90 AS day_90,
    placed_on + 180 AS day_180,
    ended_on IS NULL OR ended_on >= placed_on + 90 AS is_kept_90,
    ended_on IS NULL OR ended_on >= placed_on + 180 AS is_kept_180,
    sex,
    category,
    channel,
    sponsor,
    load_from AS load,
    file_id
FROM core.placement
ORDER BY placed_on
