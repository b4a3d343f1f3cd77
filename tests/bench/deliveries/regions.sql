-- one row per region: a city, 3 districts, 30 streets and 300 communities
SELECT '990100' AS 区划代码, '磁湖市' AS 名称, '市' AS 级别, NULL AS 上级代码
UNION ALL
SELECT format('99010{}', district), format('第{}区', district), '区县', '990100'
FROM range(1, 4) AS districts (district)
UNION ALL
SELECT format('99010{}{:03d}', district, street), format('{}区第{}街道', district, street), '街道', format('99010{}', district)
FROM range(1, 4) AS districts (district), range(1, 11) AS streets (street)
UNION ALL
SELECT
    format('99010{}{:03d}{:03d}', district, street, community),
    format('{}区{}街第{}社区', district, street, community),
    '社区',
    format('99010{}{:03d}', district, street)
FROM range(1, 4) AS districts (district), range(1, 11) AS streets (street), range(1, 11) AS communities (community)
