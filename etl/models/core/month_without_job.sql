-- one row per post or insurance subsidy and month of it in which its person is on no day in a placement
-- The last day of a placement counts as a day in it.
SELECT
    month.payment_no,
    month.month_start
FROM core.subsidy_month AS month
WHERE
    month.kind IN ('post', 'insurance')
    AND NOT EXISTS (
        SELECT 1 FROM core.placement AS placement
        WHERE
            placement.person_id = month.person_id
            AND placement.placed_on <= month.month_end
            AND coalesce(placement.ended_on, DATE '9999-12-31') >= month.month_start
    )
