-- one row per person and kind of which the policy limits the months, whose subsidy runs at the data date
-- It runs while its person is in a placement, and one of the last three months is paid for (a quarter is often paid
-- at its end). It ends with the first of: the months allowed, the month in which working age ends, what is paid ahead.
WITH today AS (
    SELECT
        data_date,
        cast(date_trunc('month', data_date) AS DATE) AS this_month
    FROM core.stamp
),

running AS (
    SELECT
        paid.*,
        today.this_month,
        cast(paid.paid_until + to_months(cast(paid.months_allowed - paid.months_paid AS INTEGER)) AS DATE)
            AS by_duration,
        coalesce(cast(date_trunc('month', age_end.age_ends_on) AS DATE), DATE '9999-12-01') AS by_age,
        CASE WHEN paid.paid_until > today.this_month THEN paid.paid_until ELSE DATE '9999-12-01' END AS by_grant
    FROM core.entitlement_paid AS paid
    CROSS JOIN today
    LEFT JOIN core.age_end AS age_end ON paid.registration_id = age_end.registration_id
    WHERE
        date_diff('month', paid.paid_until, today.this_month) <= 2
        AND EXISTS (
            SELECT 1 FROM core.placement AS placement
            WHERE
                placement.person_id = paid.person_id
                AND placement.placed_on <= today.data_date
                AND coalesce(placement.ended_on, DATE '9999-12-31') >= today.data_date
        )
)

SELECT
    running.region_id,
    running.person_id,
    registration.registration_no,
    running.kind,
    running.funding_source,
    running.monthly_amount,
    cast(running.months_paid AS INTEGER) AS months_paid,
    cast(running.months_allowed AS INTEGER) AS months_allowed,
    running.paid_until,
    least(running.by_duration, running.by_age, running.by_grant) AS last_month,
    CASE least(running.by_duration, running.by_age, running.by_grant)
        WHEN running.by_age THEN 'age'
        WHEN running.by_duration THEN 'duration'
        ELSE 'granted'
    END AS reason
FROM running
INNER JOIN core.registration AS registration ON running.registration_id = registration.registration_id
WHERE least(running.by_duration, running.by_age, running.by_grant) >= running.this_month
ORDER BY last_month, registration.registration_no
