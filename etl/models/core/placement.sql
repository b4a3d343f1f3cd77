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
    registration.turned_4050_on <= placement.placed_on AS is_4050,
    age.age_band,
    -- Bits as in core.hardship_bit.
    registration.kinds + cast(registration.turned_4050_on <= placement.placed_on AS INTEGER)
    + 2 * cast(spell.household_no IS NOT NULL AS INTEGER) AS hardships
FROM placement
INNER JOIN core.registration AS registration ON placement.registration_no = registration.registration_no
LEFT JOIN core.age AS age
    ON
        (
            year(placement.placed_on) * 10000 + month(placement.placed_on) * 100 + day(placement.placed_on)
            - registration.born
        ) // 10000 = age.years
-- A household's spells do not overlap: one at most.
LEFT JOIN core.zero_spell AS spell
    ON
        registration.household_no = spell.household_no
        AND placement.placed_on BETWEEN spell.valid_from AND spell.valid_until
