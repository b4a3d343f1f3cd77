-- one row per registration of which the sex or birth date delivered disagrees with the ID number
SELECT
    'id_mismatch' AS finding,
    'persons' AS table_name,
    person.registration_no AS key,
    credit.credited_code AS region_code,
    credit.district_code,
    credit.street_code,
    person.load_from AS load,
    concat_ws(
        '; ',
        CASE WHEN person.sex_delivered <> person.sex THEN 'sex: ' || person.sex_delivered || ' ≠ ' || person.sex END,
        CASE
            WHEN person.birth_date_delivered <> person.birth_date
                THEN
                    'birth_date: '
                    || cast(person.birth_date_delivered AS VARCHAR)
                    || ' ≠ '
                    || cast(person.birth_date AS VARCHAR)
        END
    ) AS detail
FROM live.persons AS person
INNER JOIN core.region_credit AS credit ON person.community_code = credit.region_code
WHERE person.sex_delivered <> person.sex OR person.birth_date_delivered <> person.birth_date
