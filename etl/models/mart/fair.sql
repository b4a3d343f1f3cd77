-- one row per fair
SELECT
    fair.fair_no,
    credit.region_id,
    fair.held_on,
    fair.kind,
    coalesce(fair.posts_offered, 0) AS posts_offered,
    coalesce(fair.attended, 0) AS attended,
    coalesce(fair.placed, 0) AS placed
FROM live.fairs AS fair
INNER JOIN core.region_credit AS credit ON fair.community_code = credit.region_code
ORDER BY fair.held_on
