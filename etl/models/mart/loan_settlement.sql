-- one row per instalment and day on which more or less of its principal is settled by what the borrower has paid: FIFO
WITH paid AS (
    SELECT
        loan_no,
        valid_from AS settled_on,
        by_borrower AS up_to,
        lag(by_borrower, 1, 0) OVER (PARTITION BY loan_no ORDER BY valid_from) AS up_to_before
    FROM core.loan_stretch
),

settled AS (
    SELECT
        due.loan_no,
        due.instalment_no,
        due.due_on,
        paid.settled_on,
        greatest(0, least(due.principal_due, paid.up_to - due.settled_after))
        - greatest(0, least(due.principal_due, paid.up_to_before - due.settled_after)) AS amount
    FROM core.loan_instalment AS due
    INNER JOIN paid
        ON
            due.loan_no = paid.loan_no
            AND due.settled_after < greatest(paid.up_to, paid.up_to_before)
            AND due.settled_by > least(paid.up_to, paid.up_to_before)
    WHERE paid.up_to <> paid.up_to_before
)

SELECT
    settled.loan_no,
    settled.instalment_no,
    settled.due_on,
    settled.settled_on,
    loan.region_id,
    loan.product,
    loan.bank,
    loan.counter_guarantee,
    loan.interest_subsidised,
    loan.repayment_method,
    cast(settled.amount AS DECIMAL(18, 2)) AS amount
FROM settled
INNER JOIN core.loan AS loan ON settled.loan_no = loan.loan_no
WHERE settled.amount <> 0
ORDER BY settled.due_on
