-- one row per target, its highest revision
SELECT
    region_id,
    region_code,
    target_year,
    indicator,
    issuer,
    revision,
    value,
    document_no,
    signed_on,
    owner
FROM core.target
ORDER BY target_year, region_id, indicator, issuer
