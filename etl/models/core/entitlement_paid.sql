-- one row per person and kind of which the policy limits the months: what has been paid by now, and the newest payment
WITH months AS (
    SELECT
        person_id,
        kind,
        count(DISTINCT month_start) AS months_paid,
        max(month_start) AS paid_until
    FROM core.subsidy_month
    WHERE kind IN (SELECT allowed.kind FROM policy.subsidy_months AS allowed)
    GROUP BY person_id, kind
),

numbered AS (
    SELECT
        subsidy.person_id,
        subsidy.kind,
        subsidy.funding_source,
        subsidy.region_id,
        subsidy.registration_id,
        subsidy.months_allowed,
        cast(
            subsidy.amount / (1 + date_diff('month', subsidy.first_month, subsidy.last_month)) AS DECIMAL(18, 2)
        ) AS monthly_amount,
        row_number() OVER (
            PARTITION BY subsidy.person_id, subsidy.kind
            ORDER BY subsidy.last_month DESC, subsidy.paid_on DESC, subsidy.payment_no DESC
        ) AS number
    FROM core.subsidy AS subsidy
    WHERE subsidy.person_id IS NOT NULL AND subsidy.first_month IS NOT NULL
)

SELECT
    months.*,
    numbered.funding_source,
    numbered.region_id,
    numbered.registration_id,
    numbered.months_allowed,
    numbered.monthly_amount
FROM months
INNER JOIN numbered ON months.person_id = numbered.person_id AND months.kind = numbered.kind
WHERE numbered.number = 1 AND numbered.months_allowed IS NOT NULL
