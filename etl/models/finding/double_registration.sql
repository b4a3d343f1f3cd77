-- one row per registration that is open at the data date while its person has another one open
WITH still_open AS (
    SELECT
        registration.registration_no,
        registration.region_id,
        registration.load_from,
        registration.person_id,
        count(*) OVER (PARTITION BY registration.person_id) AS registrations
    FROM core.registration AS registration
    CROSS JOIN core.stamp AS stamp
    WHERE registration.registered_on <= stamp.data_date AND registration.closed_on > stamp.data_date
)

SELECT
    'double_registration' AS finding,
    'persons' AS table_name,
    one.registration_no AS key,
    credit.region_code,
    credit.district_code,
    credit.street_code,
    one.load_from AS load,
    (
        SELECT string_agg(other.registration_no, ', ' ORDER BY other.registration_no) FROM still_open AS other
        WHERE other.person_id = one.person_id AND other.registration_no <> one.registration_no
    ) AS detail
FROM still_open AS one
INNER JOIN core.region_credit AS credit ON one.region_id = credit.own_id
WHERE one.registrations > 1
