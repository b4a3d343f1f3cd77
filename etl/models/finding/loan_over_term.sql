-- one row per disbursed loan that runs longer than its product may on the day of disbursement
SELECT
    'loan_over_term' AS finding,
    'loans' AS table_name,
    loan_no AS key,
    region_id,
    load_from AS load
FROM core.loan
WHERE disbursed_on IS NOT NULL AND term_months > term_allowed
