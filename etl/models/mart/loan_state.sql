-- one row per loan and stretch of days [valid_from, valid_until) in which its balance and oldest unpaid due date stay
-- Days past due on a day of the stretch: the day − unpaid_since, where that is later than unpaid_since, else 0.
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
        stretch.valid_from >= loan.disbursed_on
        AND (loan.written_off_on IS NULL OR stretch.valid_from < loan.written_off_on) AS is_on_book
    FROM core.loan_stretch AS stretch
    INNER JOIN core.loan AS loan ON stretch.loan_no = loan.loan_no
    INNER JOIN core.loan_arrears AS arrears
        ON stretch.loan_no = arrears.loan_no AND stretch.valid_from = arrears.valid_from
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
    cast(
        CASE WHEN is_on_book THEN greatest(0, lent - by_borrower - compensated) ELSE 0 END AS DECIMAL(18, 2)
    ) AS outstanding,
    cast(by_borrower AS DECIMAL(18, 2)) AS by_borrower,
    cast(compensated AS DECIMAL(18, 2)) AS compensated,
    cast(compensated_in_all AS DECIMAL(18, 2)) AS compensated_in_all,
    cast(recovered AS DECIMAL(18, 2)) AS recovered,
    cast(recovered_in_all AS DECIMAL(18, 2)) AS recovered_in_all,
    cast(greatest(0, compensated - recovered) AS DECIMAL(18, 2)) AS unrecovered,
    coalesce(is_on_book, FALSE) AS is_on_book,
    CASE WHEN is_on_book AND lent > by_borrower + compensated THEN unpaid_since END AS unpaid_since
FROM state
