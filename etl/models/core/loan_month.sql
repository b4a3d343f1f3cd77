-- one row per loan and month-end on which something is outstanding, or was at the month-end before
WITH standing AS (
    SELECT
        state.loan_no,
        calendar.month_end,
        state.by_borrower,
        state.compensated,
        state.outstanding,
        greatest(0, date_diff('day', state.unpaid_since, calendar.month_end)) AS days_past_due
    FROM mart.loan_state AS state
    INNER JOIN core.month_end AS calendar
        ON state.valid_from <= calendar.month_end AND state.valid_until > calendar.month_end
)

SELECT
    loan_no,
    month_end,
    by_borrower,
    compensated,
    outstanding,
    CASE
        WHEN coalesce(days_past_due, 0) = 0 THEN '0'
        WHEN days_past_due <= 30 THEN '1-30'
        WHEN days_past_due <= 60 THEN '31-60'
        WHEN days_past_due <= 90 THEN '61-90'
        WHEN days_past_due <= 180 THEN '91-180'
        WHEN days_past_due <= 360 THEN '181-360'
        ELSE '360+'
    END AS bucket
FROM standing
