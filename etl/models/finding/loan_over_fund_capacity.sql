-- one row per loan disbursed on a day at whose end more is outstanding than the fund's multiple of its balance allows
-- Loans of one day cannot be told apart: days are all that is delivered. Without entries, nothing is known of the fund.
WITH movement AS (
    SELECT
        valid_from AS moved_on,
        outstanding - coalesce(lag(outstanding) OVER (PARTITION BY loan_no ORDER BY valid_from), 0) AS outstanding,
        0 AS fund
    FROM mart.loan_state
    UNION ALL
    SELECT
        entry_on AS moved_on,
        0 AS outstanding,
        amount AS fund
    FROM mart.fund_entry
    UNION ALL
    SELECT
        effective_on AS moved_on,
        0 AS outstanding,
        CASE WHEN kind = 'recovery' THEN principal + interest ELSE -principal - interest END AS fund
    FROM core.loan_receipt
    WHERE kind IN ('compensation', 'recovery')
),

daily AS (
    SELECT
        moved_on,
        sum(outstanding) AS outstanding,
        sum(fund) AS fund
    FROM movement
    GROUP BY moved_on
),

running AS (
    SELECT
        moved_on,
        sum(outstanding) OVER (ORDER BY moved_on) AS outstanding,
        sum(fund) OVER (ORDER BY moved_on) AS fund
    FROM daily
),

capacity AS (
    SELECT
        running.moved_on,
        running.outstanding,
        running.fund * allowed.multiple AS room
    FROM running
    INNER JOIN mart.fund_multiple AS allowed
        ON running.moved_on >= allowed.valid_from AND running.moved_on < allowed.valid_until
)

SELECT
    'loan_over_fund_capacity' AS finding,
    'loans' AS table_name,
    loan.loan_no AS key,
    loan.region_id,
    loan.load_from AS load
FROM core.loan AS loan
INNER JOIN capacity ON loan.disbursed_on = capacity.moved_on
WHERE capacity.outstanding > capacity.room AND EXISTS (SELECT 1 FROM mart.fund_entry)
