-- one row per registration of a person of whom some payment bears a finding
SELECT
    registration.person_id,
    registration.region_id,
    registration.registration_no,
    registration.registered_on,
    nullif(registration.closed_on, DATE '9999-12-31') AS closed_on,
    registration.close_reason,
    age_end.age_ends_on
FROM core.registration AS registration
INNER JOIN core.doubtful_person AS doubtful ON registration.person_id = doubtful.person_id
LEFT JOIN core.age_end AS age_end ON registration.registration_id = age_end.registration_id
ORDER BY registration.person_id, registration.registered_on
