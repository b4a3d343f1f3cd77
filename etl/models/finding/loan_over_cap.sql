-- one row per disbursed loan that is larger than the cap of its product on the day of disbursement
SELECT
    'loan_over_cap' AS finding,
    'loans' AS table_name,
    loan_no AS key,
    region_id,
    load_from AS load
FROM core.loan
WHERE lent > cap
