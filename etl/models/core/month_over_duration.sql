-- one row per payment and month of it beyond the first so many distinct months that the policy allows person and kind
-- All months of person and kind are counted; what is allowed is for the city of the payment to say.
WITH numbered AS (
    SELECT
        payment_no,
        month_start,
        months_allowed,
        dense_rank() OVER (PARTITION BY person_id, kind ORDER BY month_start) AS number
    FROM core.subsidy_month
    WHERE kind IN (SELECT allowed.kind FROM policy.subsidy_months AS allowed)
)

SELECT
    payment_no,
    month_start
FROM numbered
WHERE number > months_allowed
