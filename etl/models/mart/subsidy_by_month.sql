-- one row per community, month, kind, funding source and budget year of payments of subsidies; days are first of months
SELECT
    region_id,
    cast(date_trunc('month', paid_on) AS DATE) AS paid_on,
    kind,
    funding_source,
    budget_year,
    cast(sum(amount) AS DECIMAL(18, 2)) AS amount,
    cast(sum(amount_on_persons) AS DECIMAL(18, 2)) AS amount_on_persons,
    cast(date_trunc('month', executes_from) AS DATE) AS executes_from,
    executes_until
FROM mart.subsidy_day
GROUP BY
    region_id,
    date_trunc('month', paid_on),
    kind,
    funding_source,
    budget_year,
    date_trunc('month', executes_from),
    executes_until
ORDER BY paid_on
