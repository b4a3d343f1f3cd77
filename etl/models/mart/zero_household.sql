-- one row per identification of a zero-employment household, with the end of the days that the policy gives to clear it
-- due_soon_on: from then on its last day lies within a week; due_soon_until: cleared by then, or past its last day.
WITH household AS (
    SELECT
        credit.region_id,
        zero.household_no,
        zero.identified_on,
        coalesce(zero.cleared_on, DATE '9999-12-31') AS cleared_on,
        zero.identified_on + policy.days AS term_ends_on
    FROM live.zero_households AS zero
    INNER JOIN core.region_credit AS credit ON zero.community_code = credit.region_code
    INNER JOIN policy.zero_household AS policy ON credit.city_code = policy.city_code
)

SELECT
    household.*,
    household.cleared_on <= household.term_ends_on AS is_cleared_in_term,
    greatest(household.identified_on, household.term_ends_on - 6) AS due_soon_on,
    least(household.cleared_on, household.term_ends_on + 1) AS due_soon_until,
    household.term_ends_on + 1 AS overdue_on
FROM household
ORDER BY household.identified_on
