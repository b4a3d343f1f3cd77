-- one row per movement of the fund: an entry, or the coming into effect or reversal of a compensation or recovery
-- From the first entry that names no district on, no district's balance is known: a row of 0 in each says so.
WITH city AS (
    SELECT min(region_id) AS region_id
    FROM mart.region
    WHERE level = 'city'
),

unnamed AS (
    SELECT
        entry_no,
        entry_on
    FROM core.fund_entry
    WHERE region_id IS NULL
    ORDER BY entry_on, entry_no
    LIMIT 1
)

SELECT
    entry.entry_no,
    cast(NULL AS VARCHAR) AS payment_no,
    coalesce(entry.region_id, city.region_id) AS region_id,
    entry.entry_on AS moved_on,
    entry.kind,
    entry.source,
    entry.amount,
    entry.region_id IS NULL AS is_of_city,
    FALSE AS is_unknown
FROM core.fund_entry AS entry
CROSS JOIN city
UNION ALL
SELECT
    unnamed.entry_no,
    NULL AS payment_no,
    district.region_id,
    unnamed.entry_on AS moved_on,
    'contribution' AS kind,
    cast(NULL AS VARCHAR) AS source,
    0 AS amount,
    FALSE AS is_of_city,
    TRUE AS is_unknown
FROM mart.region AS district
CROSS JOIN unnamed
WHERE district.level = 'district'
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
    FALSE AS is_of_city,
    FALSE AS is_unknown
FROM core.loan_receipt AS receipt
INNER JOIN core.loan AS loan ON receipt.loan_no = loan.loan_no
WHERE receipt.kind IN ('compensation', 'recovery')
