-- one row per payment of a subsidy, with the days of its person's payments before it in the same community, street …
-- Most are paid in one community: one look back serves all levels (0001-01-01: none). Those of one day stand by number.
WITH staying AS (
    SELECT
        subsidy.payment_no,
        subsidy.region_id,
        subsidy.paid_on,
        subsidy.person_id,
        subsidy.kind,
        subsidy.funding_source,
        CASE WHEN subsidy.person_id IS NOT NULL THEN lag(subsidy.paid_on, 1, DATE '0001-01-01') OVER of_person END
            AS day_before,
        CASE WHEN subsidy.person_id IS NOT NULL THEN lag(subsidy.paid_on, 1, DATE '0001-01-01') OVER of_kind END
            AS kind_before,
        CASE WHEN subsidy.person_id IS NOT NULL THEN lag(subsidy.paid_on, 1, DATE '0001-01-01') OVER of_source END
            AS source_before
    FROM core.subsidy AS subsidy
    LEFT JOIN core.payment_moved AS moved ON subsidy.payment_no = moved.payment_no
    WHERE moved.payment_no IS NULL
    WINDOW
        of_person AS (PARTITION BY subsidy.person_id ORDER BY subsidy.paid_on, subsidy.payment_no),
        of_kind AS (PARTITION BY subsidy.person_id, subsidy.kind ORDER BY subsidy.paid_on, subsidy.payment_no),
        of_source AS (
            PARTITION BY subsidy.person_id, subsidy.funding_source ORDER BY subsidy.paid_on, subsidy.payment_no
        )
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
SELECT
    payment_no,
    region_id,
    paid_on,
    person_id,
    kind,
    funding_source,
    before_in_city,
    before_in_district,
    before_in_street,
    before_in_community,
    kind_before_in_city,
    kind_before_in_district,
    kind_before_in_street,
    kind_before_in_community,
    source_before_in_city,
    source_before_in_district,
    source_before_in_street,
    source_before_in_community
FROM core.payment_moved
ORDER BY paid_on
