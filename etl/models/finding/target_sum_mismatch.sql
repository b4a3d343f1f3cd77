-- one row per target whose region's children all have a target of that issuer, and these add up to less
-- Children are the regions valid at the data date and not merged away.
WITH child AS (
    SELECT
        region.region_code,
        credit.credited_code,
        parent.credited_code AS parent_code
    FROM mart.region AS region
    INNER JOIN core.region_credit AS credit ON region.region_code = credit.region_code
    INNER JOIN core.region_credit AS parent ON region.parent_code = parent.region_code
    CROSS JOIN core.stamp AS stamp
    WHERE
        region.region_id = region.credited_id
        AND region.valid_from <= stamp.data_date AND region.valid_to > stamp.data_date
),

summed AS (
    SELECT
        target.target_year,
        target.region_code,
        target.indicator,
        target.issuer,
        count(*) AS children,
        count(given.value) AS given,
        sum(given.value) AS value
    FROM core.target AS target
    INNER JOIN child ON target.region_code = child.parent_code
    LEFT JOIN core.target AS given
        ON
            child.region_code = given.region_code
            AND target.target_year = given.target_year
            AND target.indicator = given.indicator
            AND target.issuer = given.issuer
    GROUP BY target.target_year, target.region_code, target.indicator, target.issuer
)

SELECT
    'target_sum_mismatch' AS finding,
    'targets' AS table_name,
    concat_ws('/', target.target_year, target.region_code, target.indicator, target.issuer, target.revision) AS key,
    credit.credited_code AS region_code,
    credit.district_code,
    credit.street_code,
    target.load_from AS load,
    cast(cast(summed.value AS DOUBLE) AS VARCHAR) || ' < ' || cast(cast(target.value AS DOUBLE) AS VARCHAR) AS detail
FROM summed
INNER JOIN core.target AS target
    ON
        summed.target_year = target.target_year
        AND summed.region_code = target.region_code
        AND summed.indicator = target.indicator
        AND summed.issuer = target.issuer
INNER JOIN core.region_credit AS credit ON target.region_code = credit.region_code
WHERE summed.given = summed.children AND summed.value < target.value
