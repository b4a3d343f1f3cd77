-- one row per payment that shares a month with another one to the same person, of the same kind and funding source
-- In doubt are the months of the later payment that the earlier one is for as well.
WITH shared AS (
    SELECT
        one.payment_no,
        min(other.payment_no) AS other_no
    FROM core.subsidy AS one
    INNER JOIN core.subsidy AS other
        ON
            one.person_id = other.person_id
            AND one.kind = other.kind
            AND one.funding_source = other.funding_source
            AND one.payment_no <> other.payment_no
            AND one.first_month <= other.last_month
            AND one.last_month >= other.first_month
    GROUP BY one.payment_no
)

SELECT
    'subsidy_overlap' AS finding,
    'subsidies' AS table_name,
    subsidy.payment_no AS key,
    credit.region_code,
    credit.district_code,
    credit.street_code,
    subsidy.load_from AS load,
    shared.other_no AS detail,
    subsidy.amount,
    coalesce(doubtful.in_doubt, 0) AS in_doubt
FROM shared
INNER JOIN core.subsidy AS subsidy ON shared.payment_no = subsidy.payment_no
INNER JOIN core.region_credit AS credit ON subsidy.region_id = credit.own_id
LEFT JOIN core.doubtful_amount AS doubtful
    ON subsidy.payment_no = doubtful.payment_no AND doubtful.finding = 'subsidy_overlap'
