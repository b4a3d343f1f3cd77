-- one row per row of the file, with the first fault
SELECT
    *,
    CASE
        WHEN 安置号 IS NULL OR 登记号 IS NULL OR 社区代码 IS NULL OR 安置渠道 IS NULL OR 安置日期 IS NULL THEN 'missing_required'
        WHEN placed_on IS NULL OR (离岗日期 IS NOT NULL AND ended_on IS NULL) THEN 'bad_date'
        WHEN (合同月数 IS NOT NULL AND contract_months IS NULL) OR (月工资 IS NOT NULL AND monthly_wage IS NULL) THEN 'bad_number'
        WHEN 安置渠道 NOT IN ('公益性岗位', '社区实体', '再就业基地', '市场招聘', '招聘会', '绿色通道', '自主创业', '灵活就业', '劳务输出') THEN 'not_in_list'
        WHEN contract_months < 0 OR monthly_wage < 0 THEN 'out_of_range'
        WHEN NOT regexp_full_match(社区代码, '\d{12}') THEN 'bad_region_code'
        WHEN 社区代码 NOT IN (SELECT 区划代码 FROM {{ ref("regions") }}) THEN 'unknown_region'
        WHEN 登记号 NOT IN (SELECT 登记号 FROM {{ ref("persons") }}) THEN 'unknown_reference'
        WHEN placed_on > ended_on THEN 'date_order'
        WHEN placed_on > DATE '2026-09-30' OR ended_on > DATE '2026-09-30' THEN 'future_date'
        WHEN same_key > 1 AND copy = 1 AND same_key > (max(copy) OVER (PARTITION BY 安置号)) THEN 'conflicting_duplicate'
    END AS reason
FROM {{ ref("typed") }}
