-- one row per training, and whether its person was placed within 180 days after it was finished
SELECT
    training.training_no,
    credit.region_id,
    training.started_on,
    coalesce(training.finished_on, DATE '9999-12-31') AS finished_on,
    coalesce(training.finished_on + 180, DATE '9999-12-31') AS day_180,
    training.course,
    coalesce(training.passed, FALSE) AS is_passed,
    exists(
        SELECT 1 FROM core.placement AS placement
        WHERE
            placement.person_id = registration.person_id
            AND placement.placed_on > training.finished_on
            AND placement.placed_on <= training.finished_on + 180
    ) AS is_placed_after
FROM live.trainings AS training
INNER JOIN core.registration AS registration ON training.registration_no = registration.registration_no
INNER JOIN core.region_credit AS credit ON training.community_code = credit.region_code
ORDER BY finished_on
