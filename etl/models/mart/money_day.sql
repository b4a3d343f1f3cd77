-- one row per region and day on which money was lent, due or paid: how much, and how much more or less is owed
SELECT
    place.region_id,
    place.day,
    book.outstanding,
    book.late_0,
    book.late_30,
    book.late_60,
    book.late_90,
    book.late_180,
    book.unrecovered,
    book.compensated,
    book.compensated_in_all,
    book.recovered_in_all,
    lent.loans,
    lent.lent,
    lent.jobs_created,
    due.principal_due,
    due.settled_in_time,
    due.subsidy_due,
    lent.settled,
    lent.compensation_paid,
    lent.compensation_reversed,
    lent.recovery_paid,
    lent.recovery_reversed,
    subsidy.spend,
    subsidy.spend_on_persons,
    subsidy.spend_on_placement
FROM core.money_on_day AS place
LEFT JOIN core.loan_move AS book ON place.region_id = book.region_id AND place.day = book.day
LEFT JOIN core.loan_day AS lent ON place.region_id = lent.region_id AND place.day = lent.day
LEFT JOIN core.due_day AS due ON place.region_id = due.region_id AND place.day = due.day
LEFT JOIN core.subsidy_paid_day AS subsidy ON place.region_id = subsidy.region_id AND place.day = subsidy.day
