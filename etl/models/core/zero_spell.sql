-- one row per household and stretch of days on which it is an open zero-employment household, both ends counted
-- The day of clearing counts; stretches of one household that overlap are one.
WITH identified AS (
    SELECT
        household_no,
        identified_on,
        coalesce(cleared_on, DATE '9999-12-31') AS open_until
    FROM live.zero_households
),

marked AS (
    SELECT
        household_no,
        identified_on,
        open_until,
        coalesce(
            identified_on > max(open_until) OVER (
                PARTITION BY household_no ORDER BY identified_on ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ),
            TRUE
        ) AS begins
    FROM identified
),

numbered AS (
    SELECT
        household_no,
        identified_on,
        open_until,
        sum(cast(begins AS INTEGER)) OVER (PARTITION BY household_no ORDER BY identified_on) AS spell
    FROM marked
)

SELECT
    household_no,
    min(identified_on) AS valid_from,
    max(open_until) AS valid_until
FROM numbered
GROUP BY household_no, spell
