-- one row per registration and stretch of days [valid_from, valid_until) of one standing, age band and set of groups
WITH first_placement AS (
    SELECT
        registration_id,
        min(placed_on) AS first_placed_on
    FROM core.placement
    GROUP BY registration_id
)

SELECT
    stretch.registration_id,
    stretch.region_id,
    stretch.valid_from,
    stretch.valid_until,
    stretch.is_open,
    stretch.is_4050,
    region.labour_force IS NOT NULL AS has_labour_force,
    stretch.sex,
    stretch.age_band,
    stretch.category,
    stretch.hardships,
    stretch.fields_filled,
    stretch.has_cause,
    stretch.has_family,
    stretch.has_skill,
    stretch.has_job_wish,
    stretch.has_insurance,
    stretch.updated_on,
    first_placement.first_placed_on
FROM core.registration_stretch AS stretch
INNER JOIN mart.region AS region ON stretch.region_id = region.region_id
LEFT JOIN first_placement ON stretch.registration_id = first_placement.registration_id
WHERE stretch.valid_from < stretch.valid_until
ORDER BY stretch.is_open, stretch.valid_until, stretch.valid_from
