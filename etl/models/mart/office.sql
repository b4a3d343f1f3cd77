-- one row per office (a street's or a community's) and year
SELECT
    office.region_code,
    credit.region_id,
    office.year,
    CASE WHEN credit.community_code IS NULL THEN 'street' ELSE 'community' END AS office_level,
    coalesce(
        office.organisation AND office.staffing AND office.funding AND office.premises AND office.rules AND office.work,
        FALSE
    ) AS is_complete,
    coalesce(office.staff, 0) AS staff,
    coalesce(office.certified_staff, 0) AS certified_staff,
    coalesce(office.staff_quota, 0) AS staff_quota,
    cast(office.floor_area AS DOUBLE) AS floor_area,
    coalesce(office.funds_budget, 0) AS funds_budget,
    coalesce(office.funds_spent, 0) AS funds_spent,
    coalesce(office.licensed, FALSE) AS is_licensed,
    coalesce(office.connected_on, DATE '9999-12-31') AS connected_on
FROM live.offices AS office
INNER JOIN core.region_credit AS credit ON office.region_code = credit.region_code
ORDER BY office.year
