-- one row per loan and stretch of days, with the oldest due date of the instalments that its receipts do not settle
-- Both are put on one scale, principal received: what lies above a stretch's mark is unsettled in it.
WITH scale AS (
    SELECT
        loan_no,
        settled_by AS mark,
        due_on,
        cast(NULL AS DATE) AS valid_from
    FROM core.loan_instalment
    UNION ALL
    SELECT
        loan_no,
        by_borrower + compensated + 0.005 AS mark,
        cast(NULL AS DATE) AS due_on,
        valid_from
    FROM core.loan_stretch
),

seen AS (
    SELECT
        loan_no,
        valid_from,
        min(due_on) OVER (PARTITION BY loan_no ORDER BY mark DESC) AS unpaid_since
    FROM scale
)

SELECT
    loan_no,
    valid_from,
    unpaid_since
FROM seen
WHERE valid_from IS NOT NULL
