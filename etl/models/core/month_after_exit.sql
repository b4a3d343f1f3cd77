-- one row per payment and month of it after its registration closed for death, retirement or moving away
-- A month in which the person is on some day registered again, or placed, is none.
SELECT
    month.payment_no,
    month.month_start,
    registration.close_reason,
    registration.closed_on
FROM core.subsidy_month AS month
INNER JOIN core.registration AS registration ON month.registration_id = registration.registration_id
WHERE
    registration.close_reason IN ('deceased', 'retired', 'moved')
    AND month.month_start > registration.closed_on
    AND NOT EXISTS (
        SELECT 1 FROM core.registration AS other
        WHERE
            other.person_id = month.person_id
            AND other.registered_on <= month.month_end AND other.closed_on > month.month_start
    )
    AND NOT EXISTS (
        SELECT 1 FROM core.placement AS placement
        WHERE
            placement.person_id = month.person_id
            AND placement.placed_on <= month.month_end
            AND coalesce(placement.ended_on, DATE '9999-12-31') >= month.month_start
    )
