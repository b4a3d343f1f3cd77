-- one row per loan disbursed on a day at whose end more is outstanding than the fund's multiple of its balance allows
-- City by city. Loans of one day cannot be told apart: days are all that is delivered. A city without entries, or with
-- such as are of several cities together, is not judged: nothing is known of its fund.
WITH movement AS (
    SELECT
        region_id,
        valid_from AS moved_on,
        outstanding - coalesce(lag(outstanding) OVER (PARTITION BY loan_no ORDER BY valid_from), 0) AS outstanding,
        0 AS fund,
        0 AS entries,
        0 AS unknown
    FROM mart.loan_state
    UNION ALL
    SELECT
        region_id,
        moved_on,
        0 AS outstanding,
        amount AS fund,
        -- What stands in each city for an entry of several is no entry of its own.
        cast(entry_no IS NOT NULL AND unknown <= 0 AS INTEGER) AS entries,
        unknown
    FROM mart.fund_movement
),

daily AS (
    SELECT
        region.city_id,
        movement.moved_on,
        sum(movement.outstanding) AS outstanding,
        sum(movement.fund) AS fund,
        sum(movement.entries) AS entries,
        sum(movement.unknown) AS unknown
    FROM movement
    INNER JOIN mart.region AS region ON movement.region_id = region.region_id
    GROUP BY region.city_id, movement.moved_on
),

running AS (
    SELECT
        city_id,
        moved_on,
        sum(outstanding) OVER so_far AS outstanding,
        sum(fund) OVER so_far AS fund,
        sum(unknown) OVER so_far AS unknown,
        sum(entries) OVER (PARTITION BY city_id) AS entries
    FROM daily
    WINDOW so_far AS (PARTITION BY city_id ORDER BY moved_on)
),

full_day AS (
    SELECT
        running.city_id,
        running.moved_on,
        running.outstanding,
        running.fund * allowed.multiple AS room
    FROM running
    INNER JOIN mart.fund_multiple AS allowed
        ON
            running.city_id = allowed.region_id
            AND running.moved_on >= allowed.valid_from
            AND running.moved_on < allowed.valid_to
    WHERE running.outstanding > running.fund * allowed.multiple AND running.entries > 0 AND running.unknown = 0
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
INNER JOIN mart.region AS region ON loan.region_id = region.region_id
INNER JOIN core.region_credit AS credit ON loan.community_code = credit.region_code
INNER JOIN full_day ON region.city_id = full_day.city_id AND loan.disbursed_on = full_day.moved_on
