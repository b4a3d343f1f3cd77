-- one row per loan application
SELECT
    loan_no,
    region_id,
    product,
    bank,
    counter_guarantee,
    interest_subsidised,
    repayment_method,
    applied_on,
    community_on,
    street_on,
    district_on,
    decided_on,
    decision,
    disbursed_on,
    written_off_on,
    lent,
    term_months,
    firm_staff,
    firm_hired,
    jobs_created
FROM core.loan
ORDER BY disbursed_on
