-- one row per movement of the fund: an entry, or the coming into effect or reversal of a compensation or recovery
-- From the first entry that names no district on, no balance below is known: `unknown` is 1 in each region below, and
-- takes as many away where the entry is, so that it adds up to 0 there and to more in any part.
WITH unnamed AS (
    SELECT
        region_id,
        entry_no,
        entry_on
    FROM core.fund_entry
    WHERE is_unnamed
    QUALIFY row_number() OVER (PARTITION BY region_id ORDER BY entry_on, entry_no) = 1
),

below AS (
    SELECT
        unnamed.entry_no,
        unnamed.entry_on,
        region.region_id
    FROM unnamed
    INNER JOIN mart.region AS region
        ON
            (region.level = 'district' AND coalesce(unnamed.region_id, region.city_id) = region.city_id)
            OR (region.level = 'city' AND unnamed.region_id IS NULL)
),

above AS (
    SELECT
        entry_no,
        count(*) AS regions
    FROM below
    GROUP BY entry_no
)

SELECT
    entry.entry_no,
    cast(NULL AS VARCHAR) AS payment_no,
    entry.region_id,
    entry.entry_on AS moved_on,
    entry.kind,
    entry.source,
    entry.amount,
    cast(coalesce(-above.regions, 0) AS INTEGER) AS unknown
FROM core.fund_entry AS entry
LEFT JOIN above ON entry.entry_no = above.entry_no
UNION ALL
SELECT
    entry_no,
    NULL AS payment_no,
    region_id,
    entry_on AS moved_on,
    'contribution' AS kind,
    cast(NULL AS VARCHAR) AS source,
    0 AS amount,
    1 AS unknown
FROM below
UNION ALL
SELECT
    NULL AS entry_no,
    receipt.payment_no,
    loan.region_id,
    receipt.effective_on AS moved_on,
    receipt.kind,
    cast(NULL AS VARCHAR) AS source,
    cast(CASE
        WHEN receipt.kind = 'recovery' THEN receipt.principal + receipt.interest
        ELSE -receipt.principal - receipt.interest
    END AS DECIMAL(18, 2)) AS amount,
    0 AS unknown
FROM core.loan_receipt AS receipt
INNER JOIN core.loan AS loan ON receipt.loan_no = loan.loan_no
WHERE receipt.kind IN ('compensation', 'recovery')
