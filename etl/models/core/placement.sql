-- one row per placement, with its registration and what it was on the day of placement
WITH placement AS (
    SELECT
        placement.placement_no,
        placement.registration_no,
        placement.post_no,
        placement.channel,
        placement.sponsor,
        placement.placed_on,
        placement.ended_on,
        placement.load_from,
        placement.file_id,
        credit.region_id,
        credit.credited_code AS community_code
    FROM live.placements AS placement
    INNER JOIN core.region_credit AS credit ON placement.community_code = credit.region_code
)

SELECT
    placement.*,
    registration.registration_id,
    registration.person_id,
    registration.sex,
    registration.category,
    registration.certificate_on,
    row_number() OVER (
        PARTITION BY registration.person_id, year(placement.placed_on)
        ORDER BY placement.placed_on, placement.placement_no
    ) = 1 AS is_first_of_year,
    registration.turned_4050_on <= placement.placed_on AS is_4050,
    age.age_band,
    -- Bits as in core.hardship_bit.
    registration.kinds + cast(registration.turned_4050_on <= placement.placed_on AS INTEGER)
    + 2 * cast(EXISTS (
        SELECT 1 FROM core.zero_spell AS spell
        WHERE
            spell.household_no = registration.household_no
            AND spell.valid_from <= placement.placed_on AND spell.valid_until >= placement.placed_on
    ) AS INTEGER) AS hardships
FROM placement
INNER JOIN core.registration AS registration ON placement.registration_no = registration.registration_no
LEFT JOIN core.age AS age
    ON
        (
            year(placement.placed_on) * 10000 + month(placement.placed_on) * 100 + day(placement.placed_on)
            - registration.born
        ) // 10000 = age.years
