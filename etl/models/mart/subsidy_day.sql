-- one row per community, day, kind, funding source and budget year of payments of subsidies
SELECT
    region_id,
    paid_on,
    kind,
    funding_source,
    budget_year,
    cast(sum(amount) AS DECIMAL(18, 2)) AS amount,
    cast(sum(CASE WHEN person_id IS NULL THEN 0 ELSE amount END) AS DECIMAL(18, 2)) AS amount_on_persons,
    greatest(paid_on, make_date(cast(least(greatest(budget_year, 1), 9998) AS INTEGER), 1, 1)) AS executes_from,
    make_date(cast(least(greatest(budget_year, 1), 9998) AS INTEGER) + 1, 1, 1) AS executes_until
FROM core.subsidy
GROUP BY region_id, paid_on, kind, funding_source, budget_year
ORDER BY paid_on
