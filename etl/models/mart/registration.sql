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
    coalesce(registration.close_reason = 'placed', FALSE) AS is_closed_as_placed,
    first_placement.first_placed_on
FROM core.registration AS registration
LEFT JOIN first_placement ON registration.registration_id = first_placement.registration_id
ORDER BY registration.closed_on, registration.registered_on
