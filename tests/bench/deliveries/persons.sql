-- one row per registered person, no person twice; the ID numbers are assigned to nobody, their area code begins with 99
WITH person AS (
    SELECT
        number,
        990101 * 100000000000 + (
            (1960 + number % 40) * 10000 + (1 + number // 40 % 12) * 100 + (1 + number // 480 % 28)
        ) * 1000 + number // 13440 % 1000 AS digits
    FROM range(getvariable('persons')) AS numbers (number)
),

weighed AS (
    SELECT
        *,
        list_sum(list_transform(
            [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2],
            lambda weight, place: weight * (digits // (10 ** (17 - place))::BIGINT % 10)
        )) % 11 AS rest
    FROM person
)

SELECT
    format('DJ{:08d}', number) AS 登记号,
    digits || substr('10X98765432', rest::INTEGER + 1, 1) AS 身份证号,
    '张某某' AS 姓名,
    format('99010{}{:03d}{:03d}', 1 + number % 3, 1 + number // 3 % 10, 1 + number // 30 % 10) AS 社区代码,
    '失业人员' AS 人员类别,
    DATE '2010-01-01' + (number % 1500)::INTEGER AS 登记日期
FROM weighed
