-- one row per office (a street's or a community's), year and one of the six that are to be in place
WITH office AS (
    SELECT
        office.region_code,
        credit.region_id,
        office.year,
        CASE WHEN credit.community_code IS NULL THEN 'street' ELSE 'community' END AS office_level,
        unnest([
            { 'item': 'organisation', 'is_in_place': office.organisation },
            { 'item': 'staffing', 'is_in_place': office.staffing },
            { 'item': 'funding', 'is_in_place': office.funding },
            { 'item': 'premises', 'is_in_place': office.premises },
            { 'item': 'rules', 'is_in_place': office.rules },
            { 'item': 'work', 'is_in_place': office.work }
        ]) AS each
    FROM live.offices AS office
    INNER JOIN core.region_credit AS credit ON office.region_code = credit.region_code
)

SELECT
    office.region_code,
    office.region_id,
    office.year,
    office.office_level,
    office.each.item AS office_item,
    coalesce(office.each.is_in_place, FALSE) AS is_in_place
FROM office
ORDER BY office.year
