-- one row per community surveyed and quarter
WITH dated AS (
    SELECT
        survey.community_code,
        survey.quarter,
        credit.region_id,
        make_date(cast(left(survey.quarter, 4) AS INTEGER), 3 * cast(right(survey.quarter, 1) AS INTEGER) - 2, 1)
            AS quarter_start,
        survey.respondents,
        survey.satisfied,
        coalesce(survey.complaints, 0) AS complaints
    FROM live.surveys AS survey
    INNER JOIN core.region_credit AS credit ON survey.community_code = credit.region_code
)

SELECT
    community_code,
    quarter,
    region_id,
    quarter_start,
    last_day(cast(quarter_start + to_months(2) AS DATE)) AS quarter_end,
    respondents,
    satisfied,
    complaints
FROM dated
ORDER BY quarter_start
