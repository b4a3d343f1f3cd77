-- one row per target, its highest revision, with the present region that is credited
SELECT
    target.target_year,
    target.region_code,
    target.indicator,
    target.issuer,
    target.revision,
    target.value,
    target.document_no,
    target.signed_on,
    target.owner,
    target.load_from,
    credit.region_id,
    credit.credited_code
FROM live.targets AS target
INNER JOIN core.region_credit AS credit ON target.region_code = credit.region_code
QUALIFY row_number() OVER (
    PARTITION BY target.target_year, target.region_code, target.indicator, target.issuer ORDER BY target.revision DESC
) = 1
