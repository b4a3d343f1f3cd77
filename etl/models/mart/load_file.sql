-- one row per file that was loaded, with its account; and per table and load what earlier loads held (file is null)
-- Rows released were delivered by an earlier load: they belong to the table, to none of the load's files.
SELECT
    one.load,
    one.table AS table_name,
    one.file,
    one.file_id,
    nullif(array_to_string(one.unknown_columns, '、'), '') AS unknown_columns,
    one.read,
    one.new,
    one.changed,
    one.unchanged,
    one.duplicates,
    one.totals_rows,
    one.quarantined,
    cast(0 AS BIGINT) AS released
FROM log.files AS one
UNION ALL
SELECT
    account.load,
    account.table AS table_name,
    cast(NULL AS VARCHAR) AS file,
    cast(NULL AS INTEGER) AS file_id,
    cast(NULL AS VARCHAR) AS unknown_columns,
    cast(0 AS BIGINT) AS read,
    cast(0 AS BIGINT) AS new,
    cast(0 AS BIGINT) AS changed,
    cast(0 AS BIGINT) AS unchanged,
    cast(0 AS BIGINT) AS duplicates,
    cast(0 AS BIGINT) AS totals_rows,
    cast(0 AS BIGINT) AS quarantined,
    account.released
FROM log.accounts AS account
WHERE account.released > 0
