-- one row: the newest load known to this build, and its data date
SELECT
    stamp.load,
    stamp.data_date,
    min(city.region_code) AS city_code
FROM core.stamp AS stamp
LEFT JOIN live.regions AS city ON city.level = 'city'
GROUP BY stamp.load, stamp.data_date
