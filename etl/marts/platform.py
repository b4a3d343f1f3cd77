"""What streets and communities report of themselves: reports, surveys, offices, retirees."""

from sqlalchemy import BigInteger, Boolean, Date, Double, Integer, String

from etl.marts.table import Money, Optional, mart

report = mart(
    "report",
    "one row per report due",
    community_code=String,
    region_id=Integer,
    report=String,
    period=String,
    due_on=Date,
    submitted_on=Optional(Date),
    returned_times=BigInteger,
)

survey = mart(
    "survey",
    "one row per community surveyed and quarter",
    community_code=String,
    quarter=String,
    region_id=Integer,
    quarter_start=Date,
    quarter_end=Date,
    respondents=BigInteger,
    satisfied=BigInteger,
    complaints=BigInteger,
)

# The figures of a month hold until the present community's next month is reported.
retiree = mart(
    "retiree",
    "one row per community as delivered and month reported, credited to the present one",
    community_code=String,
    region_id=Integer,
    month_start=Date,
    month_end=Date,
    next_month=Date,
    managed=BigInteger,
    verification_due=BigInteger,
    verified=BigInteger,
    visited=BigInteger,
    deceased=BigInteger,
)

office = mart(
    "office",
    "one row per office (a street's or a community's) and year",
    region_code=String,
    region_id=Integer,
    year=BigInteger,
    office_level=String,
    is_complete=Boolean,
    staff=BigInteger,
    certified_staff=BigInteger,
    staff_quota=BigInteger,
    floor_area=Optional(Double),
    funds_budget=Money,
    funds_spent=Money,
    is_licensed=Boolean,
    connected_on=Date,
)

office_item = mart(
    "office_item",
    "one row per office, year and one of the six that are to be in place",
    region_code=String,
    region_id=Integer,
    year=BigInteger,
    office_level=String,
    office_item=String,
    is_in_place=Boolean,
)
