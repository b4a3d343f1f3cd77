-- one row per row of the file, its values beside their text
SELECT
    *,
    CASE WHEN regexp_full_match(安置日期, '\d{4}-\d{1,2}-\d{1,2}') THEN try_cast(安置日期 AS DATE) END AS placed_on,
    CASE WHEN regexp_full_match(离岗日期, '\d{4}-\d{1,2}-\d{1,2}') THEN try_cast(离岗日期 AS DATE) END AS ended_on,
    try_cast(合同月数 AS BIGINT) AS contract_months,
    try_cast(月工资 AS DECIMAL(18, 2)) AS monthly_wage,
    count(*) OVER (PARTITION BY 安置号) AS same_key,
    row_number() OVER (PARTITION BY 安置号, 登记号, 社区代码, 安置渠道, 安置日期, 合同月数, 月工资, 离岗日期 ORDER BY line) AS copy
FROM {{ ref("landed") }}
