-- one row per person and kind of which the policy limits the months: what has been paid by now, and the newest payment
WITH months AS (
    SELECT
        month.person_id,
        month.kind,
        any_value(policy.months) AS months_allowed,
        count(DISTINCT month.month_start) AS months_paid,
        max(month.month_start) AS paid_until
    FROM core.subsidy_month AS month
    INNER JOIN policy.subsidy_months AS policy ON month.kind = policy.kind
    GROUP BY month.person_id, month.kind
),

numbered AS (
    SELECT
        subsidy.person_id,
        subsidy.kind,
        subsidy.funding_source,
        subsidy.region_id,
        subsidy.registration_id,
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
    numbered.monthly_amount
FROM months
INNER JOIN numbered ON months.person_id = numbered.person_id AND months.kind = numbered.kind
WHERE numbered.number = 1
