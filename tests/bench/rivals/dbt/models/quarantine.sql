-- one row per rejected row, as it was delivered
SELECT line, reason, 安置号, 登记号, 社区代码, 安置渠道, 安置日期, 合同月数, 月工资, 离岗日期 FROM {{ ref("checked") }} WHERE reason IS NOT NULL
