-- one row per region, first month at whose end open registrations count as updated, and first at whose end no more
-- Updated in the quarter of a month-end or later: it counts until the quarter of its update is over.
WITH ledger AS (
    SELECT
        part.region_id,
        cast(date_trunc('month', part.valid_from) AS DATE) AS begins,
        least(
            cast(date_trunc('month', part.valid_until) AS DATE),
            cast(date_trunc('quarter', part.updated_on) + INTERVAL 3 MONTH AS DATE)
        ) AS ends
    FROM mart.registration_stretch AS part
    CROSS JOIN core.stamp AS stamp
    WHERE part.is_open AND part.updated_on <= stamp.data_date
)

SELECT
    region_id,
    begins,
    ends,
    count(*) AS updated
FROM ledger
WHERE begins < ends
GROUP BY region_id, begins, ends
