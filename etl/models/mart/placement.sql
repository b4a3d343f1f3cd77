-- one row per placement
-- Whose is the first of a year is told from the least of each person and year: a window would sort all rows, whole.
WITH first_of_year AS (
    SELECT
        person_id,
        year(placed_on) AS placed_in,
        min(cast(placed_on AS VARCHAR) || placement_no) AS placed_first
    FROM core.placement
    GROUP BY person_id, year(placed_on)
)

SELECT
    placement.placement_no,
    placement.region_id,
    placement.placed_on,
    cast(placement.placed_on AS VARCHAR) || placement.placement_no = first_of_year.placed_first AS is_first_of_year,
    placement.is_4050,
    placement.hardships > 0 AS is_in_hardship,
    placement.hardships,
    placement.age_band,
    coalesce(placement.certificate_on <= placement.placed_on, FALSE) AS holds_certificate,
    placement.placed_on + 90 AS day_90,
    placement.placed_on + 180 AS day_180,
    placement.ended_on IS NULL OR placement.ended_on >= placement.placed_on + 90 AS is_kept_90,
    placement.ended_on IS NULL OR placement.ended_on >= placement.placed_on + 180 AS is_kept_180,
    placement.sex,
    placement.category,
    placement.channel,
    placement.sponsor,
    placement.load_from AS load,
    placement.file_id
FROM core.placement AS placement
INNER JOIN first_of_year
    ON placement.person_id = first_of_year.person_id AND year(placement.placed_on) = first_of_year.placed_in
ORDER BY placement.placed_on
