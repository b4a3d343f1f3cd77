-- one row per loan application, credited to the present community, with the policy that held on the day of disbursement
SELECT
    loan.loan_no,
    loan.community_code,
    credit.region_id,
    loan.product,
    loan.bank,
    loan.counter_guarantee,
    loan.repayment_method,
    loan.applied_on,
    loan.community_on,
    loan.street_on,
    loan.district_on,
    loan.decided_on,
    loan.decision,
    loan.disbursed_on,
    loan.written_off_on,
    loan.term_months,
    loan.firm_staff,
    loan.firm_hired,
    loan.load_from,
    allowed.cap,
    allowed.term_months AS term_allowed,
    allowed.interest_subsidy_share,
    cast(CASE WHEN loan.disbursed_on IS NULL THEN 0 ELSE loan.amount END AS DECIMAL(18, 2)) AS lent,
    coalesce(loan.interest_subsidised, FALSE) AS interest_subsidised,
    coalesce(loan.jobs_created, 0) AS jobs_created
FROM live.loans AS loan
INNER JOIN core.region_credit AS credit ON loan.community_code = credit.region_code
LEFT JOIN policy.loan_product AS allowed
    ON
        credit.city_code = allowed.city_code
        AND loan.product = allowed.product
        AND loan.disbursed_on >= allowed.valid_from
        AND loan.disbursed_on < allowed.valid_to
