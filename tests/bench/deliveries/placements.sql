-- one row per placement; of a thousand, three bear a fault of their own, one names nobody and one stands twice
WITH numbered AS (
    SELECT
        placed,
        placed - (placed % 1000 = 8)::INTEGER AS number,
        (hash(placed - (placed % 1000 = 8)::INTEGER) % 1000003)::BIGINT AS chance
    FROM range(getvariable('rows')) AS numbers (placed)
),

dated AS (
    SELECT *, DATE '2015-01-01' + (chance % 4200)::INTEGER AS placed_on FROM numbered
)

SELECT
    format('AZ{:09d}', number) AS 安置号,
    format('DJ{:08d}', CASE WHEN number % 1000 = 3 THEN 90000000 ELSE chance * 7919 % getvariable('persons') END) AS 登记号,
    format('99010{}{:03d}{:03d}', 1 + chance % 3, 1 + chance // 3 % 10, 1 + chance // 30 % 10) AS 社区代码,
    NULL AS 岗位号,
    CASE
        WHEN number % 1000 = 4 THEN '其他渠道'
        ELSE ['公益性岗位', '社区实体', '再就业基地', '市场招聘', '招聘会', '绿色通道', '自主创业', '灵活就业', '劳务输出'][1 + chance % 9]
    END AS 安置渠道,
    CASE WHEN number % 1000 = 5 THEN '2026-13-01' ELSE placed_on::VARCHAR END AS 安置日期,
    [6, 12, 24, 36][1 + chance % 4] AS 合同月数,
    CASE WHEN number % 1000 = 6 THEN '面议' ELSE format('{}.{:02d}', 1000 + chance % 5000, chance % 100) END AS 月工资,
    CASE WHEN chance % 3 = 0 THEN least(placed_on + (chance % 700)::INTEGER, DATE '2026-09-30') END AS 离岗日期,
    CASE WHEN chance % 3 = 0 THEN ['合同期满', '个人原因', '企业裁员'][1 + chance % 3] END AS 离岗原因,
    ['工会', '妇联', '团市委', NULL][1 + chance % 4] AS 推荐单位,
    NULL AS 活动号
FROM dated
