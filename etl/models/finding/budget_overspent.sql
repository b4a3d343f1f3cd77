-- one row per budget line of a region that paid more of that year, kind and source than all its budgets for them
-- The city's budgets are its own and its districts', as in budget_execution.
WITH movement AS (
    SELECT
        unnest([credit.city_code, credit.district_code]) AS region_code,
        subsidy.budget_year,
        subsidy.kind,
        subsidy.funding_source,
        subsidy.amount AS spent,
        0 AS budgeted
    FROM core.subsidy AS subsidy
    INNER JOIN core.region_credit AS credit ON subsidy.region_id = credit.own_id
    UNION ALL
    SELECT
        unnest([credit.city_code, credit.district_code]) AS region_code,
        budget.budget_year,
        budget.kind,
        budget.funding_source,
        0 AS spent,
        budget.amount AS budgeted
    FROM core.budget AS budget
    INNER JOIN core.region_credit AS credit ON budget.region_id = credit.own_id
),

compared AS (
    SELECT
        region_code,
        budget_year,
        kind,
        funding_source,
        sum(spent) AS spent,
        sum(budgeted) AS budgeted
    FROM movement
    GROUP BY region_code, budget_year, kind, funding_source
)

SELECT
    'budget_overspent' AS finding,
    'budgets' AS table_name,
    concat_ws('/', budget.budget_year, budget.district_code, budget.kind, budget.funding_source, budget.revision)
        AS key,
    credit.region_code,
    credit.district_code,
    credit.street_code,
    budget.load_from AS load,
    cast(compared.spent AS VARCHAR) || ' > ' || cast(compared.budgeted AS VARCHAR) AS detail,
    compared.spent AS amount,
    compared.spent - compared.budgeted AS in_doubt
FROM core.budget AS budget
INNER JOIN core.region_credit AS credit ON budget.region_id = credit.own_id
INNER JOIN compared
    ON
        budget.credited_code = compared.region_code
        AND budget.budget_year = compared.budget_year
        AND budget.kind = compared.kind
        AND budget.funding_source = compared.funding_source
WHERE compared.spent > compared.budgeted
