-- one row per source table and present region that its rows name (region_id is missing: they name none)
SELECT
    found.table_name,
    credit.region_id,
    cast(sum(found.row_count) AS BIGINT) AS row_count,
    max(found.newest_event) AS newest_event,
    max(found.newest_load) AS newest_load
FROM core.coverage AS found
LEFT JOIN core.region_credit AS credit ON found.region_code = credit.region_code
GROUP BY found.table_name, credit.region_id
ORDER BY found.table_name, credit.region_id
