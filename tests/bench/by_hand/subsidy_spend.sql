-- one row per community and month with subsidies paid in the year to $end
SELECT
    community.region_code,
    community.region_name,
    strftime(subsidy.paid_on, '%Y-%m') AS month,
    sum(subsidy.amount) AS figure
FROM mart.subsidy
INNER JOIN mart.region ON subsidy.region_id = region.region_id
INNER JOIN mart.region AS community ON region.community_id = community.region_id
WHERE subsidy.paid_on BETWEEN $start AND $end
GROUP BY ALL
ORDER BY ALL
