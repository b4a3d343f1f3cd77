-- one row per payment of a subsidy, with the day of its person's payment before it in the same community, street …
-- Nearly everybody is paid in one community only: one look back serves all levels; 0001-01-01 where there is none.
WITH payment AS (
    SELECT
        subsidy.region_id,
        subsidy.paid_on,
        subsidy.person_id,
        subsidy.kind,
        subsidy.funding_source,
        region.city_id,
        region.district_id,
        region.street_id,
        subsidy.person_id IN (
            SELECT moved.person_id
            FROM core.subsidy AS moved
            WHERE moved.person_id IS NOT NULL
            GROUP BY moved.person_id
            HAVING min(moved.region_id) <> max(moved.region_id)
        ) AS has_moved
    FROM core.subsidy AS subsidy
    INNER JOIN mart.region AS region ON subsidy.region_id = region.region_id
),

staying AS (
    SELECT
        payment.*,
        lag(paid_on, 1, DATE '0001-01-01') OVER (PARTITION BY person_id ORDER BY paid_on) AS before
    FROM payment
    WHERE person_id IS NOT NULL AND NOT has_moved
),

dated AS (
    SELECT
        staying.* EXCLUDE (before),
        before AS before_in_city,
        before AS before_in_district,
        before AS before_in_street,
        before AS before_in_community
    FROM staying
    UNION ALL
    SELECT
        payment.*,
        lag(paid_on, 1, DATE '0001-01-01') OVER (PARTITION BY person_id, city_id ORDER BY paid_on),
        lag(paid_on, 1, DATE '0001-01-01') OVER (PARTITION BY person_id, district_id ORDER BY paid_on),
        lag(paid_on, 1, DATE '0001-01-01') OVER (PARTITION BY person_id, street_id ORDER BY paid_on),
        lag(paid_on, 1, DATE '0001-01-01') OVER (PARTITION BY person_id, region_id ORDER BY paid_on)
    FROM payment
    WHERE has_moved
    UNION ALL
    SELECT
        payment.*,
        NULL,
        NULL,
        NULL,
        NULL
    FROM payment
    WHERE person_id IS NULL
)

SELECT * EXCLUDE (city_id, district_id, street_id, has_moved)
FROM dated
ORDER BY paid_on
