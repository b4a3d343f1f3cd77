-- one row per community and month in which subsidies are paid: how many persons are paid their first there of the month
-- … and of the year, in the whole city, the district, the street and the community: over several, they add up.
WITH payment AS (
    SELECT
        region_id,
        cast(date_trunc('month', paid_on) AS DATE) AS month,
        cast(date_trunc('year', paid_on) AS DATE) AS year,
        before_in_city,
        before_in_district,
        before_in_street,
        before_in_community
    FROM mart.subsidy
)

SELECT
    region_id,
    month,
    sum(CASE WHEN before_in_city < month THEN 1 ELSE 0 END) AS month_in_city,
    sum(CASE WHEN before_in_district < month THEN 1 ELSE 0 END) AS month_in_district,
    sum(CASE WHEN before_in_street < month THEN 1 ELSE 0 END) AS month_in_street,
    sum(CASE WHEN before_in_community < month THEN 1 ELSE 0 END) AS month_in_community,
    sum(CASE WHEN before_in_city < year THEN 1 ELSE 0 END) AS year_in_city,
    sum(CASE WHEN before_in_district < year THEN 1 ELSE 0 END) AS year_in_district,
    sum(CASE WHEN before_in_street < year THEN 1 ELSE 0 END) AS year_in_street,
    sum(CASE WHEN before_in_community < year THEN 1 ELSE 0 END) AS year_in_community
FROM payment
GROUP BY region_id, month
