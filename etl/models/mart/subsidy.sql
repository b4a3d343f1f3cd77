-- one row per payment of a subsidy, with the day of its person's payment before it in the same community, street …
-- Most are paid in one community: one look back serves all levels (0001-01-01: none). Those of one day stand by number.
WITH payment AS (
    SELECT
        subsidy.payment_no,
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
        lag(payment.paid_on, 1, DATE '0001-01-01') OVER (
            PARTITION BY payment.person_id ORDER BY payment.paid_on, payment.payment_no
        ) AS day_before
    FROM payment
    WHERE payment.person_id IS NOT NULL AND NOT payment.has_moved
)

SELECT
    staying.payment_no,
    staying.region_id,
    staying.paid_on,
    staying.person_id,
    staying.kind,
    staying.funding_source,
    staying.day_before AS before_in_city,
    staying.day_before AS before_in_district,
    staying.day_before AS before_in_street,
    staying.day_before AS before_in_community
FROM staying
UNION ALL
SELECT
    payment.payment_no,
    payment.region_id,
    payment.paid_on,
    payment.person_id,
    payment.kind,
    payment.funding_source,
    lag(payment.paid_on, 1, DATE '0001-01-01') OVER in_city AS before_in_city,
    lag(payment.paid_on, 1, DATE '0001-01-01') OVER in_district AS before_in_district,
    lag(payment.paid_on, 1, DATE '0001-01-01') OVER in_street AS before_in_street,
    lag(payment.paid_on, 1, DATE '0001-01-01') OVER in_community AS before_in_community
FROM payment
WHERE payment.has_moved
WINDOW
    in_city AS (PARTITION BY payment.person_id, payment.city_id ORDER BY payment.paid_on, payment.payment_no),
    in_district AS (PARTITION BY payment.person_id, payment.district_id ORDER BY payment.paid_on, payment.payment_no),
    in_street AS (PARTITION BY payment.person_id, payment.street_id ORDER BY payment.paid_on, payment.payment_no),
    in_community AS (PARTITION BY payment.person_id, payment.region_id ORDER BY payment.paid_on, payment.payment_no)
UNION ALL
SELECT
    payment.payment_no,
    payment.region_id,
    payment.paid_on,
    payment.person_id,
    payment.kind,
    payment.funding_source,
    NULL AS before_in_city,
    NULL AS before_in_district,
    NULL AS before_in_street,
    NULL AS before_in_community
FROM payment
WHERE payment.person_id IS NULL
ORDER BY paid_on
