-- one row per payment to a person who was paid that kind for more distinct months than the policy allows
-- In doubt is the amount of the months beyond those allowed; of the payments before them nothing is.
WITH paid AS (
    SELECT
        person_id,
        kind,
        count(DISTINCT month_start) AS months
    FROM core.subsidy_month
    WHERE kind IN (SELECT allowed.kind FROM policy.subsidy_months AS allowed)
    GROUP BY person_id, kind
)

SELECT
    'subsidy_over_duration' AS finding,
    'subsidies' AS table_name,
    subsidy.payment_no AS key,
    credit.region_code,
    credit.district_code,
    credit.street_code,
    subsidy.load_from AS load,
    cast(paid.months AS VARCHAR) || ' > ' || cast(subsidy.months_allowed AS VARCHAR) AS detail,
    subsidy.amount,
    coalesce(doubtful.in_doubt, 0) AS in_doubt
FROM core.subsidy AS subsidy
INNER JOIN paid ON subsidy.person_id = paid.person_id AND subsidy.kind = paid.kind
INNER JOIN core.region_credit AS credit ON subsidy.region_id = credit.own_id
LEFT JOIN core.doubtful_amount AS doubtful
    ON subsidy.payment_no = doubtful.payment_no AND doubtful.finding = 'subsidy_over_duration'
WHERE paid.months > subsidy.months_allowed AND subsidy.first_month IS NOT NULL
