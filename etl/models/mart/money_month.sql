-- one row per region and month: what was lent, due and paid in it, and what is owed at its end
SELECT
    book.region_id,
    book.month,
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
    disbursed.loans,
    cast(disbursed.lent AS DECIMAL(18, 2)) AS lent,
    cast(disbursed.jobs_created AS BIGINT) AS jobs_created,
    cast(due.principal_due AS DECIMAL(18, 2)) AS principal_due,
    cast(due.settled_in_time AS DECIMAL(18, 2)) AS settled_in_time,
    cast(due.subsidy_due AS DECIMAL(38, 8)) AS subsidy_due,
    cast(due.settled AS DECIMAL(18, 2)) AS settled,
    cast(paid.compensation_paid AS DECIMAL(18, 2)) AS compensation_paid,
    cast(paid.compensation_reversed AS DECIMAL(18, 2)) AS compensation_reversed,
    cast(paid.recovery_paid AS DECIMAL(18, 2)) AS recovery_paid,
    cast(paid.recovery_reversed AS DECIMAL(18, 2)) AS recovery_reversed,
    cast(subsidy.spend AS DECIMAL(18, 2)) AS spend,
    cast(subsidy.spend_on_persons AS DECIMAL(18, 2)) AS spend_on_persons,
    cast(subsidy.spend_on_placement AS DECIMAL(18, 2)) AS spend_on_placement,
    cast(person.month_in_city AS BIGINT) AS month_in_city,
    cast(person.month_in_district AS BIGINT) AS month_in_district,
    cast(person.month_in_street AS BIGINT) AS month_in_street,
    cast(person.month_in_community AS BIGINT) AS month_in_community,
    cast(person.year_in_city AS BIGINT) AS year_in_city,
    cast(person.year_in_district AS BIGINT) AS year_in_district,
    cast(person.year_in_street AS BIGINT) AS year_in_street,
    cast(person.year_in_community AS BIGINT) AS year_in_community
FROM core.loan_month_end AS book
LEFT JOIN core.disbursed_month AS disbursed ON book.region_id = disbursed.region_id AND book.month = disbursed.month
LEFT JOIN core.due_month AS due ON book.region_id = due.region_id AND book.month = due.month
LEFT JOIN core.loan_paid_month AS paid ON book.region_id = paid.region_id AND book.month = paid.month
LEFT JOIN core.subsidy_paid_month AS subsidy ON book.region_id = subsidy.region_id AND book.month = subsidy.month
LEFT JOIN core.person_paid_month AS person ON book.region_id = person.region_id AND book.month = person.month
ORDER BY book.month, book.region_id
