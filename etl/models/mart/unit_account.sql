-- one row per load, source table and present region that its rows name
SELECT
    unit.load,
    unit.table AS table_name,
    credit.region_id,
    cast(sum(unit.read) AS BIGINT) AS read,
    cast(sum(unit.quarantined) AS BIGINT) AS quarantined
FROM log.units AS unit
INNER JOIN core.region_credit AS credit ON unit.region_code = credit.region_code
GROUP BY unit.load, unit.table, credit.region_id
ORDER BY credit.region_id, unit.load
