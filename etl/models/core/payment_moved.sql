-- one row per payment to a person who is paid in several communities, with the days of the payments before it
-- In the same city, district, street and community: of any kind, of its kind, out of its source (0001-01-01: none).
WITH payment AS (
    SELECT
        subsidy.*,
        region.city_id,
        region.district_id,
        region.street_id
    FROM core.subsidy AS subsidy
    INNER JOIN mart.region AS region ON subsidy.region_id = region.region_id
    WHERE
        subsidy.person_id IN (
            SELECT moved.person_id
            FROM core.subsidy AS moved
            WHERE moved.person_id IS NOT NULL
            GROUP BY moved.person_id
            HAVING min(moved.region_id) <> max(moved.region_id)
        )
)

SELECT
    payment_no,
    region_id,
    paid_on,
    person_id,
    kind,
    funding_source,
    lag(paid_on, 1, DATE '0001-01-01') OVER in_city AS before_in_city,
    lag(paid_on, 1, DATE '0001-01-01') OVER in_district AS before_in_district,
    lag(paid_on, 1, DATE '0001-01-01') OVER in_street AS before_in_street,
    lag(paid_on, 1, DATE '0001-01-01') OVER in_community AS before_in_community,
    lag(paid_on, 1, DATE '0001-01-01') OVER kind_in_city AS kind_before_in_city,
    lag(paid_on, 1, DATE '0001-01-01') OVER kind_in_district AS kind_before_in_district,
    lag(paid_on, 1, DATE '0001-01-01') OVER kind_in_street AS kind_before_in_street,
    lag(paid_on, 1, DATE '0001-01-01') OVER kind_in_community AS kind_before_in_community,
    lag(paid_on, 1, DATE '0001-01-01') OVER source_in_city AS source_before_in_city,
    lag(paid_on, 1, DATE '0001-01-01') OVER source_in_district AS source_before_in_district,
    lag(paid_on, 1, DATE '0001-01-01') OVER source_in_street AS source_before_in_street,
    lag(paid_on, 1, DATE '0001-01-01') OVER source_in_community AS source_before_in_community
FROM payment
WINDOW
    in_city AS (PARTITION BY person_id, city_id ORDER BY paid_on, payment_no),
    in_district AS (PARTITION BY person_id, district_id ORDER BY paid_on, payment_no),
    in_street AS (PARTITION BY person_id, street_id ORDER BY paid_on, payment_no),
    in_community AS (PARTITION BY person_id, region_id ORDER BY paid_on, payment_no),
    kind_in_city AS (PARTITION BY person_id, city_id, kind ORDER BY paid_on, payment_no),
    kind_in_district AS (PARTITION BY person_id, district_id, kind ORDER BY paid_on, payment_no),
    kind_in_street AS (PARTITION BY person_id, street_id, kind ORDER BY paid_on, payment_no),
    kind_in_community AS (PARTITION BY person_id, region_id, kind ORDER BY paid_on, payment_no),
    source_in_city AS (PARTITION BY person_id, city_id, funding_source ORDER BY paid_on, payment_no),
    source_in_district AS (PARTITION BY person_id, district_id, funding_source ORDER BY paid_on, payment_no),
    source_in_street AS (PARTITION BY person_id, street_id, funding_source ORDER BY paid_on, payment_no),
    source_in_community AS (PARTITION BY person_id, region_id, funding_source ORDER BY paid_on, payment_no)
