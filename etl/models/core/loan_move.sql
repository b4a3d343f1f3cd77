-- one row per region and day on which loans begin to stand so or cease to: how much more, or less, stands
WITH turn AS (
    SELECT
        *,
        valid_from AS day,
        1 AS sign
    FROM mart.loan_state
    UNION ALL
    SELECT
        *,
        valid_until AS day,
        -1 AS sign
    FROM mart.loan_state
)

SELECT
    turn.region_id,
    turn.day,
    cast(sum(turn.sign * turn.outstanding) AS DECIMAL(18, 2)) AS outstanding,
    cast(sum(turn.sign * turn.outstanding) FILTER (WHERE turn.past_due_from > 0) AS DECIMAL(18, 2)) AS late_0,
    cast(sum(turn.sign * turn.outstanding) FILTER (WHERE turn.past_due_from > 30) AS DECIMAL(18, 2)) AS late_30,
    cast(sum(turn.sign * turn.outstanding) FILTER (WHERE turn.past_due_from > 60) AS DECIMAL(18, 2)) AS late_60,
    cast(sum(turn.sign * turn.outstanding) FILTER (WHERE turn.past_due_from > 90) AS DECIMAL(18, 2)) AS late_90,
    cast(sum(turn.sign * turn.outstanding) FILTER (WHERE turn.past_due_from > 180) AS DECIMAL(18, 2)) AS late_180,
    cast(sum(turn.sign * turn.unrecovered) FILTER (WHERE turn.unrecovered > 0) AS DECIMAL(18, 2)) AS unrecovered,
    cast(sum(turn.sign * turn.compensated) FILTER (WHERE turn.compensated > 0) AS DECIMAL(18, 2)) AS compensated,
    cast(
        sum(turn.sign * turn.compensated_in_all) FILTER (WHERE turn.compensated_in_all > 0) AS DECIMAL(18, 2)
    ) AS compensated_in_all,
    cast(
        sum(turn.sign * turn.recovered_in_all) FILTER (WHERE turn.recovered_in_all > 0) AS DECIMAL(18, 2)
    ) AS recovered_in_all
FROM turn
CROSS JOIN core.stamp AS stamp
WHERE turn.valid_from < turn.valid_until AND turn.day <= last_day(stamp.data_date)
GROUP BY turn.region_id, turn.day
