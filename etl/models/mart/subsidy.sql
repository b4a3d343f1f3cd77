-- one row per payment of a subsidy, with the days of its person's payments before it in the same community, street …
-- Most are paid in one community: one look back serves all levels (0001-01-01: none). Those of one day stand by number.
WITH staying AS (
    SELECT
        payment_no,
        region_id,
        paid_on,
        person_id,
        kind,
        funding_source,
        lag(paid_on, 1, DATE '0001-01-01') OVER (PARTITION BY person_id ORDER BY paid_on, payment_no) AS day_before,
        lag(paid_on, 1, DATE '0001-01-01') OVER (
            PARTITION BY person_id, kind ORDER BY paid_on, payment_no
        ) AS kind_before,
        lag(paid_on, 1, DATE '0001-01-01') OVER (
            PARTITION BY person_id, funding_source ORDER BY paid_on, payment_no
        ) AS source_before
    FROM core.subsidy
    WHERE person_id IS NOT NULL AND NOT person_id IN (SELECT moved.person_id FROM core.payment_moved AS moved)
)

SELECT
    payment_no,
    region_id,
    paid_on,
    person_id,
    kind,
    funding_source,
    day_before AS before_in_city,
    day_before AS before_in_district,
    day_before AS before_in_street,
    day_before AS before_in_community,
    kind_before AS kind_before_in_city,
    kind_before AS kind_before_in_district,
    kind_before AS kind_before_in_street,
    kind_before AS kind_before_in_community,
    source_before AS source_before_in_city,
    source_before AS source_before_in_district,
    source_before AS source_before_in_street,
    source_before AS source_before_in_community
FROM staying
UNION ALL
SELECT * FROM core.payment_moved
UNION ALL
SELECT
    payment_no,
    region_id,
    paid_on,
    person_id,
    kind,
    funding_source,
    NULL AS before_in_city,
    NULL AS before_in_district,
    NULL AS before_in_street,
    NULL AS before_in_community,
    NULL AS kind_before_in_city,
    NULL AS kind_before_in_district,
    NULL AS kind_before_in_street,
    NULL AS kind_before_in_community,
    NULL AS source_before_in_city,
    NULL AS source_before_in_district,
    NULL AS source_before_in_street,
    NULL AS source_before_in_community
FROM core.subsidy
WHERE person_id IS NULL
ORDER BY paid_on
