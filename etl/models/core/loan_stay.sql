-- one row per region, first month at whose end loans stand so, and first month at whose end they do no more
SELECT
    region_id,
    cast(date_trunc('month', valid_from) AS DATE) AS begins,
    cast(date_trunc('month', valid_until) AS DATE) AS ends,
    sum(outstanding) AS outstanding,
    coalesce(sum(outstanding) FILTER (WHERE past_due_from > 0), 0) AS late_0,
    coalesce(sum(outstanding) FILTER (WHERE past_due_from > 30), 0) AS late_30,
    coalesce(sum(outstanding) FILTER (WHERE past_due_from > 60), 0) AS late_60,
    coalesce(sum(outstanding) FILTER (WHERE past_due_from > 90), 0) AS late_90,
    coalesce(sum(outstanding) FILTER (WHERE past_due_from > 180), 0) AS late_180,
    coalesce(sum(unrecovered) FILTER (WHERE unrecovered > 0), 0) AS unrecovered,
    coalesce(sum(compensated) FILTER (WHERE compensated > 0), 0) AS compensated,
    coalesce(sum(compensated_in_all) FILTER (WHERE compensated_in_all > 0), 0) AS compensated_in_all,
    coalesce(sum(recovered_in_all) FILTER (WHERE recovered_in_all > 0), 0) AS recovered_in_all
FROM mart.loan_state
WHERE date_trunc('month', valid_from) < date_trunc('month', valid_until)
GROUP BY region_id, date_trunc('month', valid_from), date_trunc('month', valid_until)
