-- one row per loan and stretch of days [valid_from, valid_until) in which no payment changes what it has received
-- Principal is what the borrower, or the fund for him, has paid back; *_in_all is with interest.
WITH movement AS (
    SELECT
        loan_no,
        effective_on AS moved_on,
        kind,
        principal,
        interest
    FROM core.loan_receipt
    UNION ALL
    SELECT
        loan_no,
        disbursed_on AS moved_on,
        'disbursement' AS kind,
        0 AS principal,
        0 AS interest
    FROM core.loan
    WHERE disbursed_on IS NOT NULL
    UNION ALL
    SELECT
        loan_no,
        written_off_on AS moved_on,
        'write_off' AS kind,
        0 AS principal,
        0 AS interest
    FROM core.loan
    WHERE written_off_on IS NOT NULL
),

daily AS (
    SELECT
        loan_no,
        moved_on,
        sum(CASE WHEN kind IN ('repayment', 'prepayment') THEN principal ELSE 0 END) AS by_borrower,
        sum(CASE WHEN kind = 'compensation' THEN principal ELSE 0 END) AS compensated,
        sum(CASE WHEN kind = 'compensation' THEN principal + interest ELSE 0 END) AS compensated_in_all,
        sum(CASE WHEN kind = 'recovery' THEN principal ELSE 0 END) AS recovered,
        sum(CASE WHEN kind = 'recovery' THEN principal + interest ELSE 0 END) AS recovered_in_all
    FROM movement
    GROUP BY loan_no, moved_on
)

SELECT
    loan_no,
    moved_on AS valid_from,
    coalesce(lead(moved_on) OVER in_time, DATE '9999-12-31') AS valid_until,
    sum(by_borrower) OVER in_time AS by_borrower,
    sum(compensated) OVER in_time AS compensated,
    sum(compensated_in_all) OVER in_time AS compensated_in_all,
    sum(recovered) OVER in_time AS recovered,
    sum(recovered_in_all) OVER in_time AS recovered_in_all
FROM daily
WINDOW in_time AS (PARTITION BY loan_no ORDER BY moved_on)
