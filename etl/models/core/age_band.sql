-- one row per band of completed years, with the first age in it, and the first after it
SELECT
    band.age_band,
    band.from_age,
    band.before_age
FROM (
    VALUES
    ('under 16', NULL, 16),
    ('16-24', 16, 25),
    ('25-34', 25, 35),
    ('35-44', 35, 45),
    ('45-54', 45, 55),
    ('55+', 55, NULL)
) AS band (age_band, from_age, before_age)
