-- one row per community and month with the persons subsidised in it, in the year to $end
SELECT
    community.region_code,
    community.region_name,
    strftime(subsidy.paid_on, '%Y-%m') AS month,
    count(DISTINCT subsidy.person_id) AS figure
FROM mart.subsidy
INNER JOIN mart.region ON subsidy.region_id = region.region_id
INNER JOIN mart.region AS community ON region.community_id = community.region_id
WHERE subsidy.paid_on BETWEEN $start AND $end
GROUP BY ALL
ORDER BY ALL
