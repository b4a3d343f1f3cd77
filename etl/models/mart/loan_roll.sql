-- one row per loan, month and place where a part of what was outstanding at the month-end before has gone
WITH pair AS (
    SELECT
        later.loan_no,
        later.month_end,
        earlier.bucket AS from_bucket,
        CASE WHEN loan.written_off_on <= later.month_end THEN 'written_off' ELSE later.bucket END AS rest_bucket,
        later.by_borrower - earlier.by_borrower AS paid,
        later.compensated - earlier.compensated AS compensated,
        earlier.outstanding - later.by_borrower + earlier.by_borrower
        - later.compensated + earlier.compensated AS rest
    FROM core.loan_month AS later
    INNER JOIN core.loan_month AS earlier
        ON later.loan_no = earlier.loan_no AND earlier.month_end = last_day(later.month_end - INTERVAL 1 MONTH)
    INNER JOIN core.loan AS loan ON later.loan_no = loan.loan_no
    WHERE earlier.outstanding > 0
),

-- One of a loan's parts counts it: what is left, else what was paid, else what the fund has paid.
part AS (
    SELECT
        loan_no,
        month_end,
        from_bucket,
        'paid' AS to_bucket,
        paid AS amount,
        CASE WHEN rest = 0 THEN 1 ELSE 0 END AS loans
    FROM pair
    UNION ALL
    SELECT
        loan_no,
        month_end,
        from_bucket,
        'compensated' AS to_bucket,
        compensated AS amount,
        CASE WHEN rest = 0 AND paid = 0 THEN 1 ELSE 0 END AS loans
    FROM pair
    UNION ALL
    SELECT
        loan_no,
        month_end,
        from_bucket,
        rest_bucket AS to_bucket,
        rest AS amount,
        1 AS loans
    FROM pair
)

SELECT
    part.loan_no,
    part.month_end,
    part.from_bucket,
    part.to_bucket,
    cast(part.amount AS DECIMAL(18, 2)) AS amount,
    part.loans,
    loan.region_id,
    loan.product,
    loan.bank,
    loan.counter_guarantee,
    loan.interest_subsidised,
    loan.repayment_method
FROM part
INNER JOIN core.loan AS loan ON part.loan_no = loan.loan_no
WHERE part.amount <> 0
ORDER BY part.month_end
