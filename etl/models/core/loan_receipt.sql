-- one row per payment's coming into effect, and per its being taken away (amounts then negative)
-- A payment that is reversed on the day it is paid, or before it, is effective on no day.
SELECT
    payment_no,
    loan_no,
    kind,
    paid_on AS effective_on,
    principal,
    interest
FROM core.loan_payment
WHERE reversed_on IS NULL OR reversed_on > paid_on
UNION ALL
SELECT
    payment_no,
    loan_no,
    kind,
    reversed_on AS effective_on,
    -principal AS principal,
    -interest AS interest
FROM core.loan_payment
WHERE reversed_on > paid_on
