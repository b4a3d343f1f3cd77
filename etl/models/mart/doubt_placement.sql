-- one row per placement of a person of whom some payment bears a finding
SELECT
    placement.person_id,
    placement.region_id,
    placement.placement_no,
    placement.channel,
    placement.placed_on,
    placement.ended_on
FROM core.placement AS placement
INNER JOIN core.doubtful_person AS doubtful ON placement.person_id = doubtful.person_id
ORDER BY placement.person_id, placement.placed_on
