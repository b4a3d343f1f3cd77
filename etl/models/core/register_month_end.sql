-- one row per region and month: the registrations that stand at its end, and what of them is filled
WITH move AS (
    SELECT
        *,
        begins AS month,
        1 AS sign
    FROM core.register_stay
    UNION ALL
    SELECT
        *,
        ends AS month,
        -1 AS sign
    FROM core.register_stay
),

net AS (
    SELECT
        region_id,
        month,
        sum(sign * unemployed) AS unemployed,
        sum(sign * unemployed_4050) AS unemployed_4050,
        sum(sign * unemployed_known) AS unemployed_known,
        sum(sign * cause_filled) AS cause_filled,
        sum(sign * family_filled) AS family_filled,
        sum(sign * skill_filled) AS skill_filled,
        sum(sign * job_wish_filled) AS job_wish_filled,
        sum(sign * insurance_filled) AS insurance_filled,
        sum(sign * closed_as_placed) AS closed_as_placed,
        sum(sign * placement_known) AS placement_known,
        sum(sign * fields_filled) AS fields_filled,
        sum(sign * fields_asked) AS fields_asked
    FROM move
    GROUP BY region_id, month
)

SELECT
    region.region_id,
    calendar.month,
    cast(nullif(sum(net.unemployed) OVER so_far, 0) AS BIGINT) AS unemployed,
    cast(nullif(sum(net.unemployed_4050) OVER so_far, 0) AS BIGINT) AS unemployed_4050,
    cast(nullif(sum(net.unemployed_known) OVER so_far, 0) AS BIGINT) AS unemployed_known,
    cast(nullif(sum(net.cause_filled) OVER so_far, 0) AS BIGINT) AS cause_filled,
    cast(nullif(sum(net.family_filled) OVER so_far, 0) AS BIGINT) AS family_filled,
    cast(nullif(sum(net.skill_filled) OVER so_far, 0) AS BIGINT) AS skill_filled,
    cast(nullif(sum(net.job_wish_filled) OVER so_far, 0) AS BIGINT) AS job_wish_filled,
    cast(nullif(sum(net.insurance_filled) OVER so_far, 0) AS BIGINT) AS insurance_filled,
    cast(nullif(sum(net.closed_as_placed) OVER so_far, 0) AS BIGINT) AS closed_as_placed,
    cast(nullif(sum(net.placement_known) OVER so_far, 0) AS BIGINT) AS placement_known,
    cast(nullif(sum(net.fields_filled) OVER so_far, 0) AS BIGINT) AS fields_filled,
    cast(nullif(sum(net.fields_asked) OVER so_far, 0) AS BIGINT) AS fields_asked
FROM mart.region AS region
CROSS JOIN core.calendar_month AS calendar
LEFT JOIN net ON region.region_id = net.region_id AND calendar.month = net.month
WINDOW so_far AS (PARTITION BY region.region_id ORDER BY calendar.month)
