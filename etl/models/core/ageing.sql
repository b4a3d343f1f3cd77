-- one row per ageing band, with the first day past due in it, and the first after it
SELECT
    band.ageing,
    band.from_day,
    band.before_day
FROM (
    VALUES
    ('0', NULL, 1),
    ('1-30', 1, 31),
    ('31-60', 31, 61),
    ('61-90', 61, 91),
    ('91-180', 91, 181),
    ('181-360', 181, 361),
    ('360+', 361, NULL)
) AS band (ageing, from_day, before_day)
