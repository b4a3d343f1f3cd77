-- one row per indicator with a pace of its own and month: the share of the year's work that is done by its end
SELECT
    indicator,
    month,
    share
FROM policy.pace
