-- one row per assessment: community as delivered, period and item, with the points that hold and who gave them
WITH dated AS (
    SELECT
        assessment.*,
        make_date(
            cast(left(assessment.period, 4) AS INTEGER),
            CASE
                WHEN length(assessment.period) = 4 THEN 1
                ELSE 3 * cast(right(assessment.period, 1) AS INTEGER) - 2
            END,
            1
        ) AS period_start,
        CASE WHEN length(assessment.period) = 4 THEN 12 ELSE 3 END AS months
    FROM live.assessments AS assessment
)

SELECT
    delivered.credited_id AS region_id,
    delivered.region_id AS delivered_id,
    dated.period_start,
    dated.remark,
    cast(dated.period_start + to_months(dated.months) - INTERVAL 1 DAY AS DATE) AS period_end,
    cast(coalesce(dated.city_points, dated.district_points, dated.self_points) AS DOUBLE) AS points,
    CASE WHEN dated.item = '一票否决' THEN 'veto' ELSE dated.item END AS item,
    CASE
        WHEN dated.city_points IS NOT NULL THEN 'city'
        WHEN dated.district_points IS NOT NULL THEN 'district'
        WHEN dated.self_points IS NOT NULL THEN 'own'
    END AS giver
FROM dated
INNER JOIN mart.region AS delivered ON dated.community_code = delivered.region_code
