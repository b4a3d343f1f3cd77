-- one row per region and month in which loans are disbursed
SELECT
    region_id,
    cast(date_trunc('month', disbursed_on) AS DATE) AS month,
    count(*) AS loans,
    sum(lent) AS lent,
    sum(jobs_created) AS jobs_created
FROM mart.loan
WHERE disbursed_on IS NOT NULL
GROUP BY region_id, date_trunc('month', disbursed_on)
