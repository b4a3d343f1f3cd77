-- one row per payment's coming into effect, and per its being taken away (amounts then negative)
SELECT
    receipt.payment_no,
    receipt.loan_no,
    receipt.kind,
    receipt.effective_on,
    receipt.principal,
    receipt.interest,
    loan.region_id,
    loan.product,
    loan.bank,
    loan.counter_guarantee,
    loan.interest_subsidised,
    loan.repayment_method
FROM core.loan_receipt AS receipt
INNER JOIN core.loan AS loan ON receipt.loan_no = loan.loan_no
