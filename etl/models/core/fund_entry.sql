-- one row per entry of the guarantee fund (region_id: its present district; withdrawals are negative)
SELECT
    entry.entry_no,
    entry.entry_on,
    region.credited_id AS region_id,
    entry.kind,
    entry.source,
    CASE WHEN entry.kind = 'withdrawal' THEN -entry.amount ELSE entry.amount END AS amount
FROM live.fund_entries AS entry
LEFT JOIN mart.region AS region ON entry.district_code = region.region_code
