-- one row per disbursed loan that is larger than the cap of its product on the day of disbursement
SELECT
    'loan_over_cap' AS finding,
    'loans' AS table_name,
    loan.loan_no AS key,
    credit.credited_code AS region_code,
    credit.district_code,
    credit.street_code,
    loan.load_from AS load,
    cast(loan.lent AS VARCHAR) || ' > ' || cast(loan.cap AS VARCHAR) AS detail,
    loan.lent AS amount,
    loan.lent - loan.cap AS in_doubt
FROM core.loan AS loan
INNER JOIN core.region_credit AS credit ON loan.community_code = credit.region_code
WHERE loan.lent > loan.cap
