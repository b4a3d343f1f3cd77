-- one row per region and month in which subsidies are paid
SELECT
    region_id,
    cast(date_trunc('month', paid_on) AS DATE) AS month,
    sum(amount) AS spend,
    sum(amount_on_persons) AS spend_on_persons,
    sum(amount) FILTER (
        WHERE kind IN ('post', 'insurance', 'intermediation', 'training', 'placement_award')
    ) AS spend_on_placement
FROM mart.subsidy_day
GROUP BY region_id, date_trunc('month', paid_on)
