"""What streets and communities report of themselves: reports, surveys, offices, retirees."""

from sqlalchemy import BigInteger, Boolean, Date, Integer

from etl.marts.table import Optional, mart

report = mart(
    "report",
    "one row per report due",
    region_id=Integer,
    due_on=Date,
    submitted_on=Optional(Date),
    returned_times=BigInteger,
)

survey = mart(
    "survey",
    "one row per community surveyed and quarter",
    region_id=Integer,
    quarter_start=Date,
    quarter_end=Date,
    respondents=BigInteger,
    satisfied=BigInteger,
)

# The figures of a month hold until the community's next month is reported.
retiree = mart(
    "retiree",
    "one row per present community and month reported",
    region_id=Integer,
    month_start=Date,
    month_end=Date,
    next_month=Date,
    managed=BigInteger,
    verification_due=BigInteger,
    verified=BigInteger,
)

office = mart(
    "office",
    "one row per office (a street's or a community's) and year",
    region_id=Integer,
    year=BigInteger,
    is_complete=Boolean,
    staff=BigInteger,
    certified_staff=BigInteger,
)
