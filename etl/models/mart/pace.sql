-- one row per city, indicator with a pace of its own and month: the share of the year's work that is done by its end
SELECT
    city_code,
    indicator,
    month,
    share
FROM policy.pace
