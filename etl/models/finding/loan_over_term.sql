-- one row per disbursed loan that runs longer than its product may on the day of disbursement
SELECT
    'loan_over_term' AS finding,
    'loans' AS table_name,
    loan.loan_no AS key,
    credit.credited_code AS region_code,
    credit.district_code,
    credit.street_code,
    loan.load_from AS load,
    cast(loan.term_months AS VARCHAR) || ' > ' || cast(loan.term_allowed AS VARCHAR) AS detail,
    loan.lent AS amount
FROM core.loan AS loan
INNER JOIN core.region_credit AS credit ON loan.community_code = credit.region_code
WHERE loan.term_months > loan.term_allowed
