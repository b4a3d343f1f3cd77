-- one row per payment to a person of whom some payment bears a finding
SELECT
    subsidy.person_id,
    subsidy.region_id,
    subsidy.payment_no,
    registration.registration_no,
    subsidy.kind,
    subsidy.funding_source,
    subsidy.budget_year,
    subsidy.paid_on,
    subsidy.first_month,
    subsidy.last_month,
    subsidy.amount
FROM core.subsidy AS subsidy
INNER JOIN core.doubtful_person AS doubtful ON subsidy.person_id = doubtful.person_id
LEFT JOIN core.registration AS registration ON subsidy.registration_id = registration.registration_id
ORDER BY subsidy.person_id, subsidy.paid_on, subsidy.payment_no
