-- one row per region and month: what happened in it to the unemployed, and how many stand at its end
SELECT
    stand.region_id,
    stand.month,
    stand.unemployed,
    stand.unemployed_4050,
    stand.unemployed_known,
    stand.cause_filled,
    stand.family_filled,
    stand.skill_filled,
    stand.job_wish_filled,
    stand.insurance_filled,
    stand.closed_as_placed,
    stand.placement_known,
    stand.fields_filled,
    stand.fields_asked,
    current.updated,
    placement.placements,
    placement.placed,
    placement.placed_4050,
    placement.placed_hardship,
    placement.placed_certified,
    placement.ripe_90,
    placement.kept_90,
    placement.ripe_180,
    placement.kept_180,
    service.registrations,
    service.registrations_4050,
    service.certificates,
    service.referrals,
    service.referrals_placed,
    service.referrals_settled,
    service.visits_due,
    service.visits_made,
    offer.posts_developed,
    offer.trainings,
    offer.trainings_finished,
    offer.trainings_passed,
    offer.households_found,
    offer.households_cleared
FROM core.register_month_end AS stand
LEFT JOIN core.updated_month_end AS current ON stand.region_id = current.region_id AND stand.month = current.month
LEFT JOIN core.placement_month AS placement ON stand.region_id = placement.region_id AND stand.month = placement.month
LEFT JOIN core.service_month AS service ON stand.region_id = service.region_id AND stand.month = service.month
LEFT JOIN core.offer_month AS offer ON stand.region_id = offer.region_id AND stand.month = offer.month
ORDER BY stand.month, stand.region_id
