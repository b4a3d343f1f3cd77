-- one row per loan and stretch of days [valid_from, valid_until) in which it is late and the same principal is overdue
-- Overdue is the principal of all instalments due before the day that no receipt settles: FIFO, by number.
WITH late AS (
    SELECT *
    FROM mart.loan_state
    WHERE outstanding > 0 AND past_due_from > 0
),

-- An instalment is overdue from the day after it is due, or from the day on which a stretch begins.
fallen AS (
    SELECT
        late.loan_no,
        late.valid_from AS stretch_from,
        late.valid_until AS stretch_until,
        greatest(late.valid_from, due.due_on + 1) AS valid_from,
        sum(greatest(
            0,
            least(due.principal_due, due.settled_after + due.principal_due - late.by_borrower - late.compensated)
        )) AS principal
    FROM late
    INNER JOIN mart.loan_instalment AS due ON late.loan_no = due.loan_no AND late.valid_until > due.due_on + 1
    GROUP BY late.loan_no, late.valid_from, late.valid_until, greatest(late.valid_from, due.due_on + 1)
),

stretch AS (
    SELECT
        loan_no,
        stretch_from,
        valid_from,
        coalesce(lead(valid_from) OVER in_time, stretch_until) AS valid_until,
        sum(principal) OVER in_time AS overdue
    FROM fallen
    WINDOW in_time AS (PARTITION BY loan_no, stretch_from ORDER BY valid_from)
)

SELECT
    stretch.loan_no,
    stretch.valid_from,
    stretch.valid_until,
    late.region_id,
    late.product,
    late.bank,
    late.counter_guarantee,
    late.interest_subsidised,
    late.repayment_method,
    late.ageing,
    late.unpaid_since,
    late.outstanding,
    cast(stretch.overdue AS DECIMAL(18, 2)) AS overdue,
    cohort.cohort,
    cohort.disbursed_on,
    cohort.lent
FROM stretch
INNER JOIN late ON stretch.loan_no = late.loan_no AND stretch.stretch_from = late.valid_from
INNER JOIN mart.loan_cohort AS cohort ON stretch.loan_no = cohort.loan_no
ORDER BY stretch.valid_until, stretch.valid_from
