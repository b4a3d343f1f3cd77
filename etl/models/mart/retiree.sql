-- one row per community as delivered and month reported; its figures hold until the present community's next month
WITH month AS (
    SELECT
        credit.region_id,
        retiree.month AS month_start,
        lead(retiree.month, 1, DATE '9999-12-31') OVER (PARTITION BY credit.region_id ORDER BY retiree.month)
            AS next_month
    FROM live.retirees AS retiree
    INNER JOIN core.region_credit AS credit ON retiree.community_code = credit.region_code
    GROUP BY credit.region_id, retiree.month
)

SELECT
    retiree.community_code,
    month.region_id,
    month.month_start,
    last_day(month.month_start) AS month_end,
    month.next_month,
    coalesce(retiree.managed, 0) AS managed,
    coalesce(retiree.verification_due, 0) AS verification_due,
    coalesce(retiree.verified, 0) AS verified,
    coalesce(retiree.visited, 0) AS visited,
    coalesce(retiree.deceased, 0) AS deceased
FROM live.retirees AS retiree
INNER JOIN core.region_credit AS credit ON retiree.community_code = credit.region_code
INNER JOIN month ON credit.region_id = month.region_id AND retiree.month = month.month_start
ORDER BY month.month_start, month.region_id
