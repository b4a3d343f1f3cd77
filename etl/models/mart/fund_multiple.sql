-- one row per city or district and stretch of days [valid_from, valid_to) with one multiple of the fund as its cap
SELECT
    region.region_id,
    allowed.valid_from,
    allowed.valid_to,
    allowed.value AS multiple
FROM policy.fund_multiple AS allowed
INNER JOIN core.region_credit AS credit ON allowed.city_code = credit.city_code
INNER JOIN mart.region AS region ON credit.own_id = region.region_id
WHERE region.level IN ('city', 'district')
