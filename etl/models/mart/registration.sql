-- one row per registration
WITH first_placement AS (
    SELECT
        registration_id,
        min(placed_on) AS first_placed_on
    FROM core.placement
    GROUP BY registration_id
)

SELECT
    registration.region_id,
    registration.registration_id,
    registration.registered_on,
    registration.closed_on,
    registration.turned_4050_on,
    registration.born,
    registration.sex,
    registration.category,
    registration.certificate_on,
    registration.fields_filled,
    CASE WHEN registration.close_reason = 'placed' THEN make_date(year(registration.closed_on) + 1, 1, 1) END
        AS placed_year_ends_on,
    first_placement.first_placed_on
FROM core.registration AS registration
LEFT JOIN first_placement ON registration.registration_id = first_placement.registration_id
ORDER BY registration.closed_on, registration.registered_on
