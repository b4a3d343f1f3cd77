-- one row per region and each street, district and city that it lies in, itself counted
SELECT
    region_id,
    'city' AS level,
    city_id AS above_id
FROM mart.region
WHERE city_id IS NOT NULL
UNION ALL
SELECT
    region_id,
    'district' AS level,
    district_id AS above_id
FROM mart.region
WHERE district_id IS NOT NULL
UNION ALL
SELECT
    region_id,
    'street' AS level,
    street_id AS above_id
FROM mart.region
WHERE street_id IS NOT NULL
