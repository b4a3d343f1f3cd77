-- one row per payment of a subsidy that names a person, and month that it is for
WITH numbered AS (
    SELECT
        payment_no,
        registration_id,
        person_id,
        kind,
        funding_source,
        months_allowed,
        first_month,
        unnest(range(0, 1 + date_diff('month', first_month, last_month))) AS number
    FROM core.subsidy
    WHERE person_id IS NOT NULL AND first_month IS NOT NULL
)

SELECT
    payment_no,
    registration_id,
    person_id,
    kind,
    funding_source,
    months_allowed,
    cast(first_month + to_months(cast(number AS INTEGER)) AS DATE) AS month_start,
    last_day(cast(first_month + to_months(cast(number AS INTEGER)) AS DATE)) AS month_end
FROM numbered
