-- one row per budget line, its highest revision
SELECT
    region_id,
    budget_year,
    kind,
    funding_source,
    amount
FROM core.budget
