-- one row per finding and payment with months in doubt: how much of its amount falls on them, even over its months
SELECT
    doubtful.finding,
    doubtful.payment_no,
    cast(
        subsidy.amount * count(*) / (1 + any_value(date_diff('month', subsidy.first_month, subsidy.last_month)))
        AS DECIMAL(18, 2)
    ) AS in_doubt
FROM core.doubtful_month AS doubtful
INNER JOIN core.subsidy AS subsidy ON doubtful.payment_no = subsidy.payment_no
GROUP BY doubtful.finding, doubtful.payment_no, subsidy.amount
