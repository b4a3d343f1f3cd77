-- one row: the newest load known to this build, its data date, and its city (twelve zeros stand for several together)
SELECT
    stamp.load,
    stamp.data_date,
    CASE WHEN count(DISTINCT credit.city_code) > 1 THEN '000000000000' ELSE min(credit.city_code) END AS city_code
FROM core.stamp AS stamp
LEFT JOIN core.region_credit AS credit ON credit.city_code IS NOT NULL
GROUP BY stamp.load, stamp.data_date
