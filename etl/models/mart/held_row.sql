-- one row per row that quarantine holds, with what it says of itself
-- A community that is not known lies in the street that its code begins with, a street in its district.
SELECT
    held.entry,
    held.load,
    coalesce(own.region_id, street.region_id, district.region_id) AS region_id,
    held.table AS table_name,
    held.file,
    held.line,
    held.reason,
    held.column AS column_name,
    held.key,
    held.values,
    said.message_zh,
    said.message_en
FROM log.quarantine AS held
INNER JOIN core.held_message AS said ON held.entry = said.entry
LEFT JOIN core.region_credit AS own ON said.region_code = own.region_code
LEFT JOIN core.region_credit AS street ON left(said.region_code, 9) || '000' = street.region_code
LEFT JOIN core.region_credit AS district ON left(said.region_code, 6) || '000000' = district.region_code
WHERE held.until_load IS NULL
ORDER BY held.entry
