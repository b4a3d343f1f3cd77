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
    refused.load,
    refused.file,
    refused.table AS table_name,
    refused.reason,
    refused.message AS message_zh,
    coalesce(refused.message_en, refused.message) AS message_en
FROM log.refused AS refused
