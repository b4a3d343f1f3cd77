-- one row per month-end from the first disbursement to the data date
WITH first_day AS (
    SELECT cast(unnest(generate_series(
        (SELECT date_trunc('month', min(loan.disbursed_on)) FROM live.loans AS loan),
        (SELECT build.data_date FROM mart.build AS build),
        INTERVAL 1 MONTH
    )) AS DATE) AS opens_on
)

SELECT last_day(first_day.opens_on) AS month_end
FROM first_day
WHERE last_day(first_day.opens_on) <= (SELECT build.data_date FROM mart.build AS build)
