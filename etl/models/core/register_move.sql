-- one row per region and day on which registrations begin to stand or cease to: how many more, or fewer, stand so
-- placement_known: as far as it is known at the data date.
WITH turn AS (
    SELECT
        *,
        valid_from AS day,
        1 AS sign
    FROM mart.registration_stretch
    UNION ALL
    SELECT
        *,
        valid_until AS day,
        -1 AS sign
    FROM mart.registration_stretch
)

SELECT
    turn.region_id,
    turn.day,
    cast(sum(turn.sign) FILTER (WHERE turn.is_open) AS INTEGER) AS unemployed,
    cast(sum(turn.sign) FILTER (WHERE turn.is_open AND turn.is_4050) AS INTEGER) AS unemployed_4050,
    cast(sum(turn.sign) FILTER (WHERE turn.is_open AND turn.has_labour_force) AS INTEGER) AS unemployed_known,
    cast(sum(turn.sign) FILTER (WHERE turn.is_open AND turn.has_cause) AS INTEGER) AS cause_filled,
    cast(sum(turn.sign) FILTER (WHERE turn.is_open AND turn.has_family) AS INTEGER) AS family_filled,
    cast(sum(turn.sign) FILTER (WHERE turn.is_open AND turn.has_skill) AS INTEGER) AS skill_filled,
    cast(sum(turn.sign) FILTER (WHERE turn.is_open AND turn.has_job_wish) AS INTEGER) AS job_wish_filled,
    cast(sum(turn.sign) FILTER (WHERE turn.is_open AND turn.has_insurance) AS INTEGER) AS insurance_filled,
    cast(sum(turn.sign) FILTER (WHERE NOT turn.is_open) AS INTEGER) AS closed_as_placed,
    cast(
        sum(turn.sign) FILTER (WHERE NOT turn.is_open AND turn.first_placed_on <= stamp.data_date) AS INTEGER
    ) AS placement_known,
    -- An open one has five fields; one closed as placed has one, whether there is a placement (placement_known).
    cast(sum(CASE WHEN turn.is_open THEN turn.sign * turn.fields_filled ELSE 0 END) AS INTEGER) AS fields_filled,
    cast(sum(CASE WHEN turn.is_open THEN 5 * turn.sign ELSE turn.sign END) AS INTEGER) AS fields_asked
FROM turn
CROSS JOIN core.stamp AS stamp
WHERE turn.valid_from < turn.valid_until AND turn.day <= last_day(stamp.data_date)
GROUP BY turn.region_id, turn.day
