-- one row per registration: the number by which marts name it, and its registration number
SELECT
    registration_id,
    registration_no
FROM core.registration
