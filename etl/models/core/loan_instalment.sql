-- one row per instalment, with the principal that settles it and all before it: FIFO, by number
SELECT
    loan_no,
    instalment_no,
    due_on,
    principal_due,
    interest_due,
    sum(principal_due) OVER (PARTITION BY loan_no ORDER BY instalment_no) - principal_due AS settled_after,
    sum(principal_due) OVER (PARTITION BY loan_no ORDER BY instalment_no) AS settled_by
FROM live.instalments
