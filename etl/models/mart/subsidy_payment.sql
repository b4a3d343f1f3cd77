-- one row per payment of a subsidy: what mart.subsidy_day holds the sums of
-- It executes a budget from the day it is paid, not before the budget's year, until that year ends.
SELECT
    payment_no,
    region_id,
    paid_on,
    person_id,
    kind,
    funding_source,
    budget_year,
    amount,
    CASE WHEN person_id IS NULL THEN 0 ELSE amount END AS amount_on_persons,
    greatest(paid_on, make_date(cast(least(greatest(budget_year, 1), 9998) AS INTEGER), 1, 1)) AS executes_from,
    make_date(cast(least(greatest(budget_year, 1), 9998) AS INTEGER) + 1, 1, 1) AS executes_until
FROM core.subsidy
