-- one row per loan of which more principal has been received than was lent
SELECT
    'repaid_more_than_owed' AS finding,
    'loans' AS table_name,
    loan.loan_no AS key,
    credit.credited_code AS region_code,
    credit.district_code,
    credit.street_code,
    loan.load_from AS load,
    cast(stretch.by_borrower + stretch.compensated AS VARCHAR) || ' > ' || cast(loan.lent AS VARCHAR) AS detail,
    stretch.by_borrower + stretch.compensated AS amount,
    stretch.by_borrower + stretch.compensated - loan.lent AS in_doubt
FROM core.loan AS loan
INNER JOIN core.region_credit AS credit ON loan.community_code = credit.region_code
INNER JOIN core.loan_stretch AS stretch ON loan.loan_no = stretch.loan_no
WHERE stretch.valid_until = DATE '9999-12-31' AND stretch.by_borrower + stretch.compensated > loan.lent + 0.005
