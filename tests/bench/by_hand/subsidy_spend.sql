-- one row per community and month with subsidies paid in the year to $end
SELECT
    community.region_code,
    community.region_name,
    strftime(subsidy_day.paid_on, '%Y-%m') AS month,
    sum(subsidy_day.amount) AS figure
FROM mart.subsidy_day
INNER JOIN mart.region ON subsidy_day.region_id = region.region_id
INNER JOIN mart.region AS community ON region.community_id = community.region_id
WHERE subsidy_day.paid_on BETWEEN $start AND $end
GROUP BY ALL
ORDER BY ALL
