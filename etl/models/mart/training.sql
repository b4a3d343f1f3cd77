-- one row per training that was finished and passed, and whether its person was placed within 180 days after it
SELECT
    credit.region_id,
    training.finished_on,
    training.finished_on + 180 AS day_180,
    EXISTS(
        SELECT 1 FROM core.placement AS placement
        WHERE
            placement.person_id = registration.person_id
            AND placement.placed_on > training.finished_on
            AND placement.placed_on <= training.finished_on + 180
    ) AS is_placed_after
FROM live.trainings AS training
INNER JOIN core.registration AS registration ON training.registration_no = registration.registration_no
INNER JOIN core.region_credit AS credit ON training.community_code = credit.region_code
WHERE training.finished_on IS NOT NULL AND training.passed
ORDER BY training.finished_on
