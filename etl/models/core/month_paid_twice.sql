-- one row per payment and month that an earlier payment to the same person, of the same kind and source, is for as well
-- Of two payments of one day the one with the smaller number counts as the earlier.
WITH numbered AS (
    SELECT
        month.payment_no,
        month.month_start,
        row_number() OVER (
            PARTITION BY month.person_id, month.kind, month.funding_source, month.month_start
            ORDER BY subsidy.paid_on, month.payment_no
        ) AS number
    FROM core.subsidy_month AS month
    INNER JOIN core.subsidy AS subsidy ON month.payment_no = subsidy.payment_no
)

SELECT
    payment_no,
    month_start
FROM numbered
WHERE number > 1
