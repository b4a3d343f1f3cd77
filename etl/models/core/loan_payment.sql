-- one row per payment on a loan that is no reversal, with the day of its first reversal
WITH reversed AS (
    SELECT
        reverses AS payment_no,
        min(paid_on) AS reversed_on
    FROM live.repayments
    WHERE kind = 'reversal' AND reverses IS NOT NULL
    GROUP BY reverses
)

SELECT
    payment.payment_no,
    payment.loan_no,
    payment.kind,
    payment.paid_on,
    reversed.reversed_on,
    payment.principal,
    payment.interest
FROM live.repayments AS payment
LEFT JOIN reversed ON payment.payment_no = reversed.payment_no
WHERE payment.kind <> 'reversal'
