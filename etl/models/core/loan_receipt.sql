-- one row per payment's coming into effect, and per its being taken away by its first reversal
WITH reversed AS (
    SELECT
        reverses AS payment_no,
        min(paid_on) AS reversed_on
    FROM live.repayments
    WHERE kind = 'reversal' AND reverses IS NOT NULL
    GROUP BY reverses
),

-- A payment that is reversed on the day it is paid, or before it, is effective on no day.
effective AS (
    SELECT
        payment.payment_no,
        payment.loan_no,
        payment.kind,
        payment.paid_on,
        payment.principal,
        payment.interest,
        reversed.reversed_on
    FROM live.repayments AS payment
    LEFT JOIN reversed ON payment.payment_no = reversed.payment_no
    WHERE payment.kind <> 'reversal' AND (reversed.reversed_on IS NULL OR reversed.reversed_on > payment.paid_on)
)

SELECT
    payment_no,
    loan_no,
    kind,
    paid_on AS effective_on,
    principal,
    interest
FROM effective
UNION ALL
SELECT
    payment_no,
    loan_no,
    kind,
    reversed_on AS effective_on,
    -principal AS principal,
    -interest AS interest
FROM effective
WHERE reversed_on IS NOT NULL
