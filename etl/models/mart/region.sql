-- one row per region, also those merged away, with what lies above it now
SELECT
    credit.own_id AS region_id,
    region.region_code,
    region.region_name,
    region.level,
    region.parent_code,
    credit.region_id AS credited_id,
    city.own_id AS city_id,
    district.own_id AS district_id,
    street.own_id AS street_id,
    community.own_id AS community_id,
    coalesce(region.valid_from, DATE '0001-01-01') AS valid_from,
    coalesce(region.valid_to, DATE '9999-12-31') AS valid_to,
    region.labour_force,
    region.households,
    region.residents
FROM live.regions AS region
INNER JOIN core.region_credit AS credit ON region.region_code = credit.region_code
LEFT JOIN core.region_credit AS city ON credit.city_code = city.region_code
LEFT JOIN core.region_credit AS district ON credit.district_code = district.region_code
LEFT JOIN core.region_credit AS street ON credit.street_code = street.region_code
LEFT JOIN core.region_credit AS community ON credit.community_code = community.region_code
ORDER BY credit.own_id
