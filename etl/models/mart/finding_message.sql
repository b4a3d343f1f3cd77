-- one row per kind of finding: what it says
SELECT
    finding,
    message_zh,
    message_en
FROM core.finding_message
