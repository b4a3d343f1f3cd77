-- one row per file that a load left out: what it is no file of the contract, or why it was refused
SELECT
    load,
    file,
    cast(NULL AS VARCHAR) AS table_name,
    'unrecognised' AS reason,
    cast(NULL AS VARCHAR) AS message_zh,
    cast(NULL AS VARCHAR) AS message_en
FROM log.unrecognised
UNION ALL
SELECT
    load,
    file,
    "table" AS table_name,
    reason,
    message AS message_zh,
    coalesce(message_en, message) AS message_en
FROM log.refused
