-- one row per loan and stretch of days [valid_from, valid_until) in which its balance and ageing band stay the same
-- Days past due on a day: the day − the oldest unsettled due date, where later, else 0; 0 with nothing outstanding.
WITH state AS (
    SELECT
        loan.*,
        stretch.valid_from,
        stretch.valid_until,
        stretch.by_borrower,
        stretch.compensated,
        stretch.compensated_in_all,
        stretch.recovered,
        stretch.recovered_in_all,
        arrears.unpaid_since,
        coalesce(
            stretch.valid_from >= loan.disbursed_on
            AND (loan.written_off_on IS NULL OR stretch.valid_from < loan.written_off_on), FALSE
        ) AS is_on_book
    FROM core.loan_stretch AS stretch
    INNER JOIN core.loan AS loan ON stretch.loan_no = loan.loan_no
    INNER JOIN core.loan_arrears AS arrears
        ON stretch.loan_no = arrears.loan_no AND stretch.valid_from = arrears.valid_from
),

owed AS (
    SELECT
        state.*,
        CASE
            WHEN state.is_on_book THEN greatest(0, state.lent - state.by_borrower - state.compensated) ELSE 0
        END AS outstanding,
        CASE
            WHEN state.is_on_book AND state.lent > state.by_borrower + state.compensated THEN state.unpaid_since
        END AS late_since
    FROM state
),

-- What is never late stays in the first band; the others are met one after the other.
banded AS (
    SELECT
        owed.* EXCLUDE (valid_from, valid_until),
        band.ageing,
        coalesce(band.from_day, 0) AS past_due_from,
        greatest(owed.valid_from, owed.late_since + band.from_day) AS valid_from,
        least(owed.valid_until, owed.late_since + band.before_day) AS valid_until
    FROM owed
    INNER JOIN core.ageing AS band ON owed.late_since IS NOT NULL OR band.from_day IS NULL
)

SELECT
    loan_no,
    valid_from,
    valid_until,
    region_id,
    product,
    bank,
    counter_guarantee,
    interest_subsidised,
    repayment_method,
    ageing,
    past_due_from,
    late_since AS unpaid_since,
    cast(outstanding AS DECIMAL(18, 2)) AS outstanding,
    cast(by_borrower AS DECIMAL(18, 2)) AS by_borrower,
    cast(compensated AS DECIMAL(18, 2)) AS compensated,
    cast(compensated_in_all AS DECIMAL(18, 2)) AS compensated_in_all,
    cast(recovered AS DECIMAL(18, 2)) AS recovered,
    cast(recovered_in_all AS DECIMAL(18, 2)) AS recovered_in_all,
    cast(greatest(0, compensated - recovered) AS DECIMAL(18, 2)) AS unrecovered
FROM banded
WHERE valid_from < valid_until
ORDER BY valid_until, outstanding > 0, compensated > 0, valid_from
