-- one row per community and month with persons re-employed in the year to $end
SELECT
    community.region_code,
    community.region_name,
    strftime(placement.placed_on, '%Y-%m') AS month,
    count(*) AS figure
FROM mart.placement
INNER JOIN mart.region ON placement.region_id = region.region_id
INNER JOIN mart.region AS community ON region.community_id = community.region_id
WHERE placement.is_first_of_year AND placement.placed_on BETWEEN $start AND $end
GROUP BY ALL
ORDER BY ALL
