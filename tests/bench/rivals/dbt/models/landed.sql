-- one row per row of the file: its cells as text, trimmed, missing where they say so
SELECT
    row_number() OVER () + 1 AS line,
    {% for name in ["安置号", "登记号", "社区代码", "岗位号", "安置渠道", "安置日期", "合同月数", "月工资", "离岗日期", "离岗原因", "推荐单位", "活动号"] %}
    CASE WHEN trim({{ name }}) NOT IN ('', '-', '—', '/', '无', 'NULL', 'N/A') THEN trim({{ name }}) END AS {{ name }}{{ "," if not loop.last }}
    {% endfor %}
FROM read_csv('{{ env_var("RIVAL_FILE") }}', all_varchar = true, header = true)
