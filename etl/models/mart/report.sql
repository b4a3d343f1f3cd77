-- one row per report due
SELECT
    report.community_code,
    credit.region_id,
    report.report,
    report.period,
    report.due_on,
    report.submitted_on,
    coalesce(report.returned_times, 0) AS returned_times
FROM live.reports AS report
INNER JOIN core.region_credit AS credit ON report.community_code = credit.region_code
ORDER BY report.due_on
