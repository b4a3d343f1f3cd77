-- one row: the newest load known to this build, and its data date
SELECT
    load,
    data_date,
    (SELECT min(region_code) FROM live.regions WHERE level = 'city') AS city_code
FROM core.stamp
