-- one row per placement that is delivered again with another wage, or new
SELECT * REPLACE ('5555.55' AS 月工资) FROM placements WHERE 安置号[3:]::BIGINT % 200 = 0
UNION ALL
SELECT * REPLACE ('N' || 安置号 AS 安置号) FROM placements WHERE 安置号[3:]::BIGINT % 200 = 1
