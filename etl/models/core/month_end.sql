-- one row per month-end from the first disbursement to the data date
WITH span AS (
    SELECT
        build.data_date,
        cast(date_trunc('month', min(loan.disbursed_on)) AS DATE) AS first_month,
        date_diff('month', min(loan.disbursed_on), build.data_date) AS months
    FROM live.loans AS loan
    CROSS JOIN mart.build AS build
    GROUP BY build.data_date
),

numbered AS (
    SELECT
        data_date,
        first_month,
        unnest(range(0, 1 + months)) AS number
    FROM span
),

month AS (
    SELECT
        data_date,
        last_day(cast(first_month + to_months(cast(number AS INTEGER)) AS DATE)) AS month_end
    FROM numbered
)

SELECT month_end
FROM month
WHERE month_end <= data_date
