-- one row per month-end from the first disbursement to the data date
WITH first_day AS (
    SELECT CAST(UNNEST(GENERATE_SERIES(
        (SELECT DATE_TRUNC('month', MIN(loan.disbursed_on)) FROM live.loans AS loan),
        (SELECT build.data_date FROM mart.build AS build),
        INTERVAL 1 MONTH
    )) AS DATE) AS opens_on
)

SELECT LAST_DAY(first_day.opens_on) AS month_end
FROM first_day
WHERE LAST_DAY(first_day.opens_on) <= (SELECT build.data_date FROM mart.build AS build)
