-- one row per person of whom some payment bears a finding
WITH doubtful AS (
    SELECT key FROM finding.subsidy_overlap
    UNION
    SELECT key FROM finding.subsidy_without_job
    UNION
    SELECT key FROM finding.subsidy_after_working_age
    UNION
    SELECT key FROM finding.subsidy_after_exit
    UNION
    SELECT key FROM finding.subsidy_over_duration
)

SELECT DISTINCT subsidy.person_id
FROM core.subsidy AS subsidy
INNER JOIN doubtful ON subsidy.payment_no = doubtful.key
WHERE subsidy.person_id IS NOT NULL
