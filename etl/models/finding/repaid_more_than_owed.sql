-- one row per loan of which more principal has been received than was lent
SELECT
    'repaid_more_than_owed' AS finding,
    'loans' AS table_name,
    loan.loan_no AS key,
    loan.region_id,
    loan.load_from AS load
FROM core.loan AS loan
INNER JOIN core.loan_stretch AS stretch ON loan.loan_no = stretch.loan_no
WHERE stretch.valid_until = DATE '9999-12-31' AND stretch.by_borrower + stretch.compensated > loan.lent + 0.005
