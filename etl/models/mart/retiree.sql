-- one row per present community and month reported; its figures hold until the community's next month
WITH monthly AS (
    SELECT
        credit.region_id,
        retiree.month AS month_start,
        sum(coalesce(retiree.managed, 0)) AS managed,
        sum(coalesce(retiree.verification_due, 0)) AS verification_due,
        sum(coalesce(retiree.verified, 0)) AS verified,
        sum(coalesce(retiree.visited, 0)) AS visited,
        sum(coalesce(retiree.deceased, 0)) AS deceased
    FROM live.retirees AS retiree
    INNER JOIN core.region_credit AS credit ON retiree.community_code = credit.region_code
    GROUP BY credit.region_id, retiree.month
)

SELECT
    region_id,
    month_start,
    last_day(month_start) AS month_end,
    lead(month_start, 1, DATE '9999-12-31') OVER (PARTITION BY region_id ORDER BY month_start) AS next_month,
    cast(managed AS BIGINT) AS managed,
    cast(verification_due AS BIGINT) AS verification_due,
    cast(verified AS BIGINT) AS verified,
    cast(visited AS BIGINT) AS visited,
    cast(deceased AS BIGINT) AS deceased
FROM monthly
ORDER BY month_start, region_id
