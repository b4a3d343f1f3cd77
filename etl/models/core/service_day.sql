-- one row per region and day of what is done for the unemployed: registered, certified, referred, visited
WITH counted AS (
    SELECT
        region_id,
        registered_on AS day,
        count(*) AS registrations,
        nullif(count(*) FILTER (WHERE is_4050), 0) AS registrations_4050,
        NULL AS certificates,
        NULL AS referrals,
        NULL AS referrals_placed,
        NULL AS referrals_settled,
        NULL AS visits_due,
        NULL AS visits_made
    FROM mart.registration
    WHERE registered_on IS NOT NULL
    GROUP BY region_id, registered_on
    UNION ALL
    SELECT
        region_id,
        issued_on AS day,
        NULL AS registrations,
        NULL AS registrations_4050,
        count(*) AS certificates,
        NULL AS referrals,
        NULL AS referrals_placed,
        NULL AS referrals_settled,
        NULL AS visits_due,
        NULL AS visits_made
    FROM mart.certificate
    WHERE issued_on IS NOT NULL
    GROUP BY region_id, issued_on
    UNION ALL
    SELECT
        region_id,
        referred_on AS day,
        NULL AS registrations,
        NULL AS registrations_4050,
        NULL AS certificates,
        count(*) AS referrals,
        nullif(count(*) FILTER (WHERE outcome = 'placed'), 0) AS referrals_placed,
        nullif(count(*) FILTER (WHERE outcome IN ('placed', 'failed')), 0) AS referrals_settled,
        NULL AS visits_due,
        NULL AS visits_made
    FROM mart.referral
    WHERE referred_on IS NOT NULL
    GROUP BY region_id, referred_on
    UNION ALL
    SELECT
        region_id,
        month_end AS day,
        NULL AS registrations,
        NULL AS registrations_4050,
        NULL AS certificates,
        NULL AS referrals,
        NULL AS referrals_placed,
        NULL AS referrals_settled,
        count(*) AS visits_due,
        nullif(count(*) FILTER (WHERE is_visited), 0) AS visits_made
    FROM mart.follow_up
    WHERE month_end IS NOT NULL
    GROUP BY region_id, month_end
)

SELECT
    region_id,
    day,
    cast(sum(registrations) AS INTEGER) AS registrations,
    cast(sum(registrations_4050) AS INTEGER) AS registrations_4050,
    cast(sum(certificates) AS INTEGER) AS certificates,
    cast(sum(referrals) AS INTEGER) AS referrals,
    cast(sum(referrals_placed) AS INTEGER) AS referrals_placed,
    cast(sum(referrals_settled) AS INTEGER) AS referrals_settled,
    cast(sum(visits_due) AS INTEGER) AS visits_due,
    cast(sum(visits_made) AS INTEGER) AS visits_made
FROM counted
GROUP BY region_id, day
