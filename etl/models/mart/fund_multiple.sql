-- one row per stretch of days [valid_from, valid_until) in which one multiple of the guarantee fund may be outstanding
SELECT
    valid_from,
    value AS multiple,
    coalesce(lead(valid_from) OVER (ORDER BY valid_from), DATE '9999-12-31') AS valid_until
FROM policy.fund_multiple
