-- one row per payment for a month after its registration closed for death, retirement or moving away
-- A month in which the person is on some day registered again, or placed, is none.
WITH after_exit AS (
    SELECT
        month.payment_no,
        min(month.month_start) AS month_start,
        any_value(registration.close_reason || ' ' || cast(registration.closed_on AS VARCHAR)) AS closing
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
    GROUP BY month.payment_no
)

SELECT
    'subsidy_after_exit' AS finding,
    'subsidies' AS table_name,
    subsidy.payment_no AS key,
    credit.region_code,
    credit.district_code,
    credit.street_code,
    subsidy.load_from AS load,
    after_exit.closing || ' < ' || strftime(after_exit.month_start, '%Y-%m') AS detail
FROM after_exit
INNER JOIN core.subsidy AS subsidy ON after_exit.payment_no = subsidy.payment_no
INNER JOIN core.region_credit AS credit ON subsidy.region_id = credit.own_id
