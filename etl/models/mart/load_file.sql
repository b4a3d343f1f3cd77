-- one row per file that was loaded, with its account; and per table and load what earlier loads held (file is null)
-- Rows released were delivered by an earlier load: they belong to the table, to none of the load's files.
SELECT
    load,
    "table" AS table_name,
    file,
    nullif(array_to_string(unknown_columns, '、'), '') AS unknown_columns,
    read,
    new,
    changed,
    unchanged,
    duplicates,
    totals_rows,
    quarantined,
    cast(0 AS BIGINT) AS released
FROM log.files
UNION ALL
SELECT
    load,
    "table" AS table_name,
    cast(NULL AS VARCHAR) AS file,
    cast(NULL AS VARCHAR) AS unknown_columns,
    cast(0 AS BIGINT) AS read,
    cast(0 AS BIGINT) AS new,
    cast(0 AS BIGINT) AS changed,
    cast(0 AS BIGINT) AS unchanged,
    cast(0 AS BIGINT) AS duplicates,
    cast(0 AS BIGINT) AS totals_rows,
    cast(0 AS BIGINT) AS quarantined,
    released
FROM log.accounts
WHERE released > 0
