"""The register of the unemployed, households without work, ledgers and visits."""

from sqlalchemy import Boolean, Date, Integer, String

from etl.marts.table import Optional, mart

# closed_on is 9999-12-31 while open; placed_year_ends_on: the 1 January after it was closed as placed; born: the birth
# date as the number yyyymmdd, of which an age is an integer division.
registration = mart(
    "registration",
    "one row per registration",
    region_id=Integer,
    registration_id=Integer,
    registered_on=Date,
    closed_on=Date,
    turned_4050_on=Date,
    born=Optional(Integer),
    sex=Optional(String),
    category=String,
    certificate_on=Optional(Date),
    fields_filled=Integer,
    placed_year_ends_on=Optional(Date),
    first_placed_on=Optional(Date),
)

hardship_group = mart(
    "hardship_group",
    "one row per registration, hardship group (missing: none of them) and stretch of days, both ends counted",
    registration_id=Integer,
    hardship_group=Optional(String),
    valid_from=Date,
    valid_until=Date,
)

zero_household = mart(
    "zero_household",
    "one row per identification of a zero-employment household",
    region_id=Integer,
    household_no=String,
    identified_on=Date,
    cleared_on=Date,
    term_ends_on=Date,
    is_cleared_in_term=Boolean,
)

follow_up = mart(
    "follow_up",
    "one row per placement of a person in hardship and month in which a visit is due, credited to the registration",
    region_id=Integer,
    registration_id=Integer,
    month_end=Date,
    is_visited=Boolean,
    placed_on=Date,
    born=Optional(Integer),
    sex=Optional(String),
    category=String,
    channel=String,
    sponsor=Optional(String),
)
