-- one row per city or district and stretch of days [valid_from, valid_to) with one multiple of the fund as its cap
SELECT
    region.region_id,
    allowed.valid_from,
    allowed.valid_to,
    allowed.value AS multiple
FROM policy.fund_multiple AS allowed
CROSS JOIN mart.region AS region
WHERE region.level IN ('city', 'district')
