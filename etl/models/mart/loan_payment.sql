-- one row per payment on a loan that is no reversal, with the day of its first reversal
SELECT
    payment.payment_no,
    payment.loan_no,
    payment.kind,
    payment.paid_on,
    payment.reversed_on,
    payment.principal,
    payment.interest,
    loan.region_id,
    loan.product,
    loan.bank,
    loan.counter_guarantee,
    loan.interest_subsidised,
    loan.repayment_method
FROM core.loan_payment AS payment
INNER JOIN core.loan AS loan ON payment.loan_no = loan.loan_no
ORDER BY payment.paid_on
