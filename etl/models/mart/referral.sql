-- one row per referral, credited to the registration's community
SELECT
    referral.referral_no,
    registration.region_id,
    referral.referred_on,
    referral.outcome
FROM live.referrals AS referral
INNER JOIN core.registration AS registration ON referral.registration_no = registration.registration_no
ORDER BY referral.referred_on
