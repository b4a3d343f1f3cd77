-- one row per registration, as it was on the day it was made
SELECT
    registration_id,
    region_id,
    registered_on,
    is_4050,
    sex,
    age_band,
    category,
    hardships
FROM core.registration_stretch
WHERE is_first
ORDER BY registered_on
