-- one row per employment entity
SELECT
    entity.entity_no,
    credit.region_id,
    entity.founded_on,
    coalesce(entity.closed_on, DATE '9999-12-31') AS closed_on,
    entity.kind,
    coalesce(entity.jobs_planned, 0) AS jobs_planned,
    coalesce(entity.jobs, 0) AS jobs
FROM live.entities AS entity
INNER JOIN core.region_credit AS credit ON entity.community_code = credit.region_code
ORDER BY entity.founded_on
