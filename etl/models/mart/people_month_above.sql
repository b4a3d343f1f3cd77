-- one row per city, district and street and month: people_month summed over the regions in it
WITH above AS (
    SELECT
        region_id,
        'city' AS level,
        city_id AS above_id
    FROM mart.region
    WHERE city_id IS NOT NULL
    UNION ALL
    SELECT
        region_id,
        'district' AS level,
        district_id AS above_id
    FROM mart.region
    WHERE district_id IS NOT NULL
    UNION ALL
    SELECT
        region_id,
        'street' AS level,
        street_id AS above_id
    FROM mart.region
    WHERE street_id IS NOT NULL
)

SELECT
    above.level,
    above.above_id AS region_id,
    own.month,
    cast(sum(own.unemployed) AS BIGINT) AS unemployed,
    cast(sum(own.unemployed_4050) AS BIGINT) AS unemployed_4050,
    cast(sum(own.unemployed_known) AS BIGINT) AS unemployed_known,
    cast(sum(own.cause_filled) AS BIGINT) AS cause_filled,
    cast(sum(own.family_filled) AS BIGINT) AS family_filled,
    cast(sum(own.skill_filled) AS BIGINT) AS skill_filled,
    cast(sum(own.job_wish_filled) AS BIGINT) AS job_wish_filled,
    cast(sum(own.insurance_filled) AS BIGINT) AS insurance_filled,
    cast(sum(own.closed_as_placed) AS BIGINT) AS closed_as_placed,
    cast(sum(own.placement_known) AS BIGINT) AS placement_known,
    cast(sum(own.fields_filled) AS BIGINT) AS fields_filled,
    cast(sum(own.fields_asked) AS BIGINT) AS fields_asked,
    cast(sum(own.updated) AS BIGINT) AS updated,
    cast(sum(own.placements) AS BIGINT) AS placements,
    cast(sum(own.placed) AS BIGINT) AS placed,
    cast(sum(own.placed_4050) AS BIGINT) AS placed_4050,
    cast(sum(own.placed_hardship) AS BIGINT) AS placed_hardship,
    cast(sum(own.placed_certified) AS BIGINT) AS placed_certified,
    cast(sum(own.ripe_90) AS BIGINT) AS ripe_90,
    cast(sum(own.kept_90) AS BIGINT) AS kept_90,
    cast(sum(own.ripe_180) AS BIGINT) AS ripe_180,
    cast(sum(own.kept_180) AS BIGINT) AS kept_180,
    cast(sum(own.registrations) AS BIGINT) AS registrations,
    cast(sum(own.registrations_4050) AS BIGINT) AS registrations_4050,
    cast(sum(own.certificates) AS BIGINT) AS certificates,
    cast(sum(own.referrals) AS BIGINT) AS referrals,
    cast(sum(own.referrals_placed) AS BIGINT) AS referrals_placed,
    cast(sum(own.referrals_settled) AS BIGINT) AS referrals_settled,
    cast(sum(own.visits_due) AS BIGINT) AS visits_due,
    cast(sum(own.visits_made) AS BIGINT) AS visits_made,
    cast(sum(own.posts_developed) AS BIGINT) AS posts_developed,
    cast(sum(own.trainings) AS BIGINT) AS trainings,
    cast(sum(own.trainings_finished) AS BIGINT) AS trainings_finished,
    cast(sum(own.trainings_passed) AS BIGINT) AS trainings_passed,
    cast(sum(own.households_found) AS BIGINT) AS households_found,
    cast(sum(own.households_cleared) AS BIGINT) AS households_cleared
FROM mart.people_month AS own
INNER JOIN above ON own.region_id = above.region_id
GROUP BY above.level, above.above_id, own.month
ORDER BY own.month, above.above_id
