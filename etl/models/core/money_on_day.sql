-- one row per region and day on which money was lent, due or paid
SELECT
    region_id,
    day
FROM core.loan_move
UNION
SELECT
    region_id,
    day
FROM core.loan_day
UNION
SELECT
    region_id,
    day
FROM core.due_day
UNION
SELECT
    region_id,
    day
FROM core.subsidy_paid_day
ORDER BY day, region_id
