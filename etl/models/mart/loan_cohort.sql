-- one row per disbursed loan, with the month on book at whose end it was first more than 30 (90) days past due
WITH late AS (
    -- The first month-end of a stretch in which the loan is late enough; none if the stretch ends before.
    SELECT
        loan_no,
        min(CASE WHEN past_due_from > 30 THEN last_day(valid_from) END) AS late_30_on,
        min(CASE WHEN past_due_from > 90 THEN last_day(valid_from) END) AS late_90_on
    FROM mart.loan_state
    WHERE last_day(valid_from) < valid_until AND past_due_from > 30
    GROUP BY loan_no
)

SELECT
    loan.loan_no,
    loan.region_id,
    loan.product,
    loan.bank,
    loan.counter_guarantee,
    loan.interest_subsidised,
    loan.repayment_method,
    loan.lent,
    loan.disbursed_on,
    cast(date_trunc('quarter', loan.disbursed_on) AS DATE) AS cohort_from,
    cast(year(loan.disbursed_on) AS VARCHAR) || 'Q' || cast(quarter(loan.disbursed_on) AS VARCHAR) AS cohort,
    year(late.late_30_on) * 12 + month(late.late_30_on)
    - year(loan.disbursed_on) * 12 - month(loan.disbursed_on) AS late_30_at,
    year(late.late_90_on) * 12 + month(late.late_90_on)
    - year(loan.disbursed_on) * 12 - month(loan.disbursed_on) AS late_90_at
FROM core.loan AS loan
LEFT JOIN late ON loan.loan_no = late.loan_no
WHERE loan.disbursed_on IS NOT NULL
ORDER BY loan.disbursed_on
