-- one row per completed years of age, with its band (also for birth dates that cannot be)
SELECT
    age.years,
    band.age_band
FROM (SELECT unnest(range(-10000, 10000)) AS years) AS age
INNER JOIN core.age_band AS band
    ON
        (band.from_age IS NULL OR age.years >= band.from_age)
        AND (band.before_age IS NULL OR age.years < band.before_age)
