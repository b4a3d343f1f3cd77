"""The register of the unemployed, households without work, ledgers and visits."""

from sqlalchemy import Boolean, Date, Integer, String

from etl.marts.table import Optional, Type, mart, view

# What a person is on a day; hardships: a set of hardship groups, as a number of mart.hardship_group.
_ON_A_DAY: dict[str, Type | Optional] = {
    "sex": Optional(String),
    "age_band": Optional(String),
    "category": String,
    "hardships": Integer,
}

# A view: what marts of many rows for one registration would else repeat.
registration_number = view(
    "registration_number",
    "one row per registration: the number by which marts name it, and its registration number",
    registration_id=Integer,
    registration_no=String,
)

registration = mart(
    "registration",
    "one row per registration, as it was on the day it was made",
    registration_id=Integer,
    region_id=Integer,
    registered_on=Date,
    is_4050=Boolean,
    **_ON_A_DAY,
)

certificate = mart(
    "certificate",
    "one row per registration with a certificate, as it was on the day the certificate was issued",
    registration_id=Integer,
    region_id=Integer,
    issued_on=Date,
    **_ON_A_DAY,
)

# Open, or, closed as placed, until its year ends; valid_until is 9999-12-31 where no end is known. has_labour_force:
# that of its community is known.
registration_stretch = mart(
    "registration_stretch",
    "one row per registration and stretch of days [valid_from, valid_until) in which its standing, age band and"
    " groups stay the same",
    registration_id=Integer,
    region_id=Integer,
    valid_from=Date,
    valid_until=Date,
    is_open=Boolean,
    is_4050=Boolean,
    has_labour_force=Boolean,
    **_ON_A_DAY,
    fields_filled=Integer,
    has_cause=Boolean,
    has_family=Boolean,
    has_skill=Boolean,
    has_job_wish=Boolean,
    has_insurance=Boolean,
    updated_on=Optional(Date),
    first_placed_on=Optional(Date),
)

hardship_group = mart(
    "hardship_group",
    "one row per set of hardship groups (a number) and group in it; missing: the group of the empty set",
    hardships=Integer,
    hardship_group=Optional(String),
)

# Open, it is due soon on the days [due_soon_on, due_soon_until), and from overdue_on past its term.
zero_household = mart(
    "zero_household",
    "one row per identification of a zero-employment household",
    region_id=Integer,
    household_no=String,
    identified_on=Date,
    cleared_on=Date,
    term_ends_on=Date,
    is_cleared_in_term=Boolean,
    due_soon_on=Date,
    due_soon_until=Date,
    overdue_on=Date,
)

follow_up = mart(
    "follow_up",
    "one row per placement of a person in hardship and month in which a visit is due, credited to the registration",
    placement_no=String,
    region_id=Integer,
    month_end=Date,
    is_visited=Boolean,
    **_ON_A_DAY,
    channel=String,
    sponsor=Optional(String),
)
