-- one row per target and revision: a letter of objectives, credited as its target is
SELECT
    credit.region_id,
    target.region_code,
    target.target_year,
    target.indicator,
    target.issuer,
    target.revision,
    target.value,
    target.document_no,
    target.signed_on,
    target.owner,
    target.load_from AS load
FROM live.targets AS target
INNER JOIN core.region_credit AS credit ON target.region_code = credit.region_code
ORDER BY target.target_year, credit.region_id, target.indicator, target.issuer, target.revision
