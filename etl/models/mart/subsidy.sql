-- one row per payment of a subsidy
SELECT
    region_id,
    paid_on,
    person_id,
    kind,
    funding_source,
    budget_year,
    amount
FROM core.subsidy
ORDER BY paid_on
