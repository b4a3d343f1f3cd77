-- one row per loan and month-end on which something is outstanding, or was at the month-end before
SELECT
    state.loan_no,
    calendar.month_end,
    state.by_borrower,
    state.compensated,
    state.outstanding,
    state.ageing AS bucket
FROM mart.loan_state AS state
INNER JOIN core.month_end AS calendar
    ON state.valid_from <= calendar.month_end AND state.valid_until > calendar.month_end
