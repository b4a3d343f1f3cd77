-- one row per community, day, kind, funding source and budget year of payments of subsidies
SELECT
    region_id,
    paid_on,
    kind,
    funding_source,
    budget_year,
    cast(sum(amount) AS DECIMAL(18, 2)) AS amount,
    cast(sum(amount_on_persons) AS DECIMAL(18, 2)) AS amount_on_persons,
    executes_from,
    executes_until
FROM mart.subsidy_payment
GROUP BY region_id, paid_on, kind, funding_source, budget_year, executes_from, executes_until
ORDER BY paid_on
