-- one row per payment of a subsidy, with its person, the months that it is for, and how many its city's policy allows
-- Of a payment that gives one end of its months only, that month; of one that gives none, no month.
SELECT
    subsidy.payment_no,
    credit.region_id,
    credit.credited_code AS community_code,
    subsidy.paid_on,
    registration.registration_id,
    registration.person_id,
    subsidy.kind,
    subsidy.funding_source,
    coalesce(subsidy.budget_year, year(subsidy.paid_on)) AS budget_year,
    subsidy.amount,
    coalesce(subsidy.period_start, subsidy.period_end) AS first_month,
    coalesce(subsidy.period_end, subsidy.period_start) AS last_month,
    subsidy.load_from,
    allowed.months AS months_allowed
FROM live.subsidies AS subsidy
INNER JOIN core.region_credit AS credit ON subsidy.community_code = credit.region_code
LEFT JOIN core.registration AS registration ON subsidy.registration_no = registration.registration_no
LEFT JOIN policy.subsidy_months AS allowed
    ON credit.city_code = allowed.city_code AND subsidy.kind = allowed.kind
