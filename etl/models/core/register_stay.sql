-- one row per region, first month at whose end registrations stand, and first month at whose end they do no more
-- placement_known: as far as it is known at the data date.
SELECT
    part.region_id,
    cast(date_trunc('month', part.valid_from) AS DATE) AS begins,
    cast(date_trunc('month', part.valid_until) AS DATE) AS ends,
    count(*) FILTER (WHERE part.is_open) AS unemployed,
    count(*) FILTER (WHERE part.is_open AND part.is_4050) AS unemployed_4050,
    count(*) FILTER (WHERE part.is_open AND part.has_labour_force) AS unemployed_known,
    count(*) FILTER (WHERE part.is_open AND part.has_cause) AS cause_filled,
    count(*) FILTER (WHERE part.is_open AND part.has_family) AS family_filled,
    count(*) FILTER (WHERE part.is_open AND part.has_skill) AS skill_filled,
    count(*) FILTER (WHERE part.is_open AND part.has_job_wish) AS job_wish_filled,
    count(*) FILTER (WHERE part.is_open AND part.has_insurance) AS insurance_filled,
    count(*) FILTER (WHERE NOT part.is_open) AS closed_as_placed,
    count(*) FILTER (
        WHERE NOT part.is_open AND part.first_placed_on <= stamp.data_date
    ) AS placement_known,
    -- An open one has five fields; one closed as placed has one, whether there is a placement (placement_known).
    cast(sum(CASE WHEN part.is_open THEN part.fields_filled ELSE 0 END) AS BIGINT) AS fields_filled,
    cast(sum(CASE WHEN part.is_open THEN 5 ELSE 1 END) AS BIGINT) AS fields_asked
FROM mart.registration_stretch AS part
CROSS JOIN core.stamp AS stamp
WHERE date_trunc('month', part.valid_from) < date_trunc('month', part.valid_until)
GROUP BY part.region_id, date_trunc('month', part.valid_from), date_trunc('month', part.valid_until)
