-- one row per region and day on which subsidies are paid
SELECT
    region_id,
    paid_on AS day,
    cast(sum(amount) AS DECIMAL(18, 2)) AS spend,
    cast(sum(amount_on_persons) AS DECIMAL(18, 2)) AS spend_on_persons,
    cast(sum(amount) FILTER (
        WHERE kind IN ('post', 'insurance', 'intermediation', 'training', 'placement_award')
    ) AS DECIMAL(18, 2)) AS spend_on_placement
FROM mart.subsidy_day
GROUP BY region_id, paid_on
