-- one row per instalment, with what the borrower had settled of it by its due date and the interest that is subsidised
WITH event AS (
    SELECT
        loan_no,
        cast(NULL AS BIGINT) AS instalment_no,
        effective_on AS happened_on,
        CASE WHEN kind IN ('repayment', 'prepayment') THEN principal ELSE 0 END AS by_borrower,
        CASE WHEN kind <> 'recovery' THEN principal ELSE 0 END AS received
    FROM core.loan_receipt
    UNION ALL
    SELECT
        loan_no,
        instalment_no,
        due_on AS happened_on,
        0 AS by_borrower,
        0 AS received
    FROM core.loan_instalment
),

-- RANGE: payments of the due date itself are in time; interest is owed on what was owed the day before.
standing AS (
    SELECT
        loan_no,
        instalment_no,
        sum(by_borrower) OVER (PARTITION BY loan_no ORDER BY happened_on RANGE UNBOUNDED PRECEDING) AS by_borrower,
        sum(received) OVER (PARTITION BY loan_no ORDER BY happened_on RANGE UNBOUNDED PRECEDING)
        - sum(received) OVER (PARTITION BY loan_no, happened_on) AS received_before
    FROM event
)

SELECT
    due.loan_no,
    due.instalment_no,
    due.due_on,
    due.principal_due,
    cast(due.settled_after AS DECIMAL(18, 2)) AS settled_after,
    loan.region_id,
    loan.product,
    loan.bank,
    loan.counter_guarantee,
    loan.interest_subsidised,
    loan.repayment_method,
    cast(
        greatest(0, least(due.principal_due, standing.by_borrower - due.settled_after)) AS DECIMAL(18, 2)
    ) AS settled_in_time,
    cast(CASE
        WHEN
            loan.interest_subsidised
            AND loan.disbursed_on < due.due_on
            AND (loan.written_off_on IS NULL OR loan.written_off_on >= due.due_on)
            AND loan.lent > standing.received_before
            THEN due.interest_due * coalesce(loan.interest_subsidy_share, 0)
        ELSE 0
    END AS DECIMAL(24, 8)) AS subsidy_due
FROM core.loan_instalment AS due
INNER JOIN standing ON due.loan_no = standing.loan_no AND due.instalment_no = standing.instalment_no
INNER JOIN core.loan AS loan ON due.loan_no = loan.loan_no
ORDER BY due.due_on
