-- one row per entry of the guarantee fund, with the region whose it is (withdrawals are negative)
-- An entry that names no district is its city's: of several, the one with whose six digits its number begins, else of
-- all of them together (region_id: none).
WITH city AS (
    SELECT
        region_id,
        substr(region_code, 1, 6) AS digits,
        count(*) OVER () AS cities
    FROM mart.region
    WHERE level = 'city' AND region_id = credited_id
)

SELECT
    entry.entry_no,
    entry.entry_on,
    coalesce(region.credited_id, city.region_id) AS region_id,
    entry.district_code IS NULL AS is_unnamed,
    entry.kind,
    entry.source,
    CASE WHEN entry.kind = 'withdrawal' THEN -entry.amount ELSE entry.amount END AS amount
FROM live.fund_entries AS entry
LEFT JOIN mart.region AS region ON entry.district_code = region.region_code
LEFT JOIN city
    ON entry.district_code IS NULL AND (city.cities = 1 OR substr(entry.entry_no, 1, 6) = city.digits)
