-- one row per registration with a certificate, as it was on the day the certificate was issued
SELECT
    registration.registration_id,
    registration.region_id,
    registration.certificate_on AS issued_on,
    registration.sex,
    age.age_band,
    registration.category,
    -- Bits as in core.hardship_bit.
    registration.kinds + cast(registration.turned_4050_on <= registration.certificate_on AS INTEGER)
    + 2 * cast(EXISTS (
        SELECT 1 FROM core.zero_spell AS spell
        WHERE
            spell.household_no = registration.household_no
            AND spell.valid_from <= registration.certificate_on AND spell.valid_until >= registration.certificate_on
    ) AS INTEGER) AS hardships
FROM core.registration AS registration
LEFT JOIN core.age AS age
    ON
        (
            year(registration.certificate_on) * 10000 + month(registration.certificate_on) * 100
            + day(registration.certificate_on) - registration.born
        ) // 10000 = age.years
WHERE registration.certificate_on IS NOT NULL
ORDER BY registration.certificate_on
