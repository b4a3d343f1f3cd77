-- one row per budget line, its highest revision
SELECT
    district_code,
    revision,
    region_id,
    budget_year,
    kind,
    funding_source,
    amount
FROM core.budget
