-- one row per budget line, its highest revision, with the present region that is credited
SELECT
    budget.budget_year,
    budget.district_code,
    credit.region_id,
    credit.credited_code,
    budget.kind,
    budget.funding_source,
    budget.revision,
    budget.amount,
    budget.load_from
FROM live.budgets AS budget
INNER JOIN core.region_credit AS credit ON budget.district_code = credit.region_code
QUALIFY row_number() OVER (
    PARTITION BY budget.budget_year, budget.district_code, budget.kind, budget.funding_source
    ORDER BY budget.revision DESC
) = 1
