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
        moved_on,
        0 AS outstanding,
        amount AS fund
    FROM mart.fund_movement
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

full_day AS (
    SELECT
        running.moved_on,
        running.outstanding,
        running.fund * allowed.value AS room
    FROM running
    INNER JOIN policy.fund_multiple AS allowed
        ON running.moved_on >= allowed.valid_from AND running.moved_on < allowed.valid_to
    WHERE running.outstanding > running.fund * allowed.value
)

SELECT
    'loan_over_fund_capacity' AS finding,
    'loans' AS table_name,
    loan.loan_no AS key,
    credit.credited_code AS region_code,
    credit.district_code,
    credit.street_code,
    loan.load_from AS load,
    cast(full_day.outstanding AS VARCHAR) || ' > ' || cast(cast(full_day.room AS DECIMAL(18, 2)) AS VARCHAR) AS detail,
    loan.lent AS amount
FROM core.loan AS loan
INNER JOIN core.region_credit AS credit ON loan.community_code = credit.region_code
INNER JOIN full_day ON loan.disbursed_on = full_day.moved_on
WHERE EXISTS (SELECT entry.entry_no FROM core.fund_entry AS entry)
