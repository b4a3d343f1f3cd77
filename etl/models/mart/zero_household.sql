-- one row per identification of a zero-employment household, with the end of the days that the policy gives to clear it
SELECT
    credit.region_id,
    household.household_no,
    household.identified_on,
    coalesce(household.cleared_on, DATE '9999-12-31') AS cleared_on,
    household.identified_on + policy.days AS term_ends_on,
    coalesce(household.cleared_on <= household.identified_on + policy.days, FALSE) AS is_cleared_in_term
FROM live.zero_households AS household
INNER JOIN core.region_credit AS credit ON household.community_code = credit.region_code
CROSS JOIN policy.zero_household AS policy
ORDER BY household.identified_on
