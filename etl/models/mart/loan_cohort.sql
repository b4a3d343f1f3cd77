-- one row per disbursed loan, with the month on book at whose end it was first more than 30 (90) days past due
WITH first_end AS (
    -- The first month-end of the stretch on which the loan is late enough; none if the stretch ends before.
    SELECT
        loan_no,
        valid_until,
        last_day(greatest(valid_from, cast(unpaid_since + 31 AS DATE))) AS late_30_on,
        last_day(greatest(valid_from, cast(unpaid_since + 91 AS DATE))) AS late_90_on
    FROM mart.loan_state
    WHERE unpaid_since IS NOT NULL
),

late AS (
    SELECT
        loan_no,
        min(CASE WHEN late_30_on < valid_until THEN late_30_on END) AS late_30_on,
        min(CASE WHEN late_90_on < valid_until THEN late_90_on END) AS late_90_on
    FROM first_end
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
