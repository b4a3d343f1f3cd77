-- one row per accepted row, with the load that brought it
SELECT 安置号, 登记号, 社区代码, 岗位号, 安置渠道, placed_on, contract_months, monthly_wage, ended_on, 离岗原因, 推荐单位, 活动号, 1 AS load_from, line
FROM {{ ref("checked") }} WHERE reason IS NULL AND copy = 1
