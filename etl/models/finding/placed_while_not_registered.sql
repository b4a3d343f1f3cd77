-- one row per placement before its registration, or after its closing for any reason but placed
SELECT
    'placed_while_not_registered' AS finding,
    'placements' AS table_name,
    placement.placement_no AS key,
    credit.region_code,
    credit.district_code,
    credit.street_code,
    placement.load_from AS load,
    CASE
        WHEN placement.placed_on < registration.registered_on
            THEN cast(placement.placed_on AS VARCHAR) || ' < ' || cast(registration.registered_on AS VARCHAR)
        ELSE cast(placement.placed_on AS VARCHAR) || ' > ' || cast(registration.closed_on AS VARCHAR)
    END AS detail
FROM core.placement AS placement
INNER JOIN core.registration AS registration ON placement.registration_id = registration.registration_id
INNER JOIN core.region_credit AS credit ON placement.region_id = credit.own_id
WHERE
    placement.placed_on < registration.registered_on
    OR (placement.placed_on > registration.closed_on AND registration.close_reason <> 'placed')
