"""What lies behind a finding on a subsidy: the person's payments, registrations and placements, without a name."""

from sqlalchemy import BigInteger, Date, Integer, String

from etl.marts.table import Money, Optional, mart

# first_month, last_month: the months that it is for, by their first days; missing where the payment is for none.
doubt_payment = mart(
    "doubt_payment",
    "one row per payment to a person of whom some payment bears a finding",
    person_id=Integer,
    region_id=Integer,
    payment_no=String,
    registration_no=Optional(String),
    kind=String,
    funding_source=String,
    budget_year=BigInteger,
    paid_on=Date,
    first_month=Optional(Date),
    last_month=Optional(Date),
    amount=Money,
)

# age_ends_on: the day on which the end of working age is reached by the policy of that day.
doubt_registration = mart(
    "doubt_registration",
    "one row per registration of such a person",
    person_id=Integer,
    region_id=Integer,
    registration_no=String,
    registered_on=Date,
    closed_on=Optional(Date),
    close_reason=Optional(String),
    age_ends_on=Optional(Date),
)

doubt_placement = mart(
    "doubt_placement",
    "one row per placement of such a person",
    person_id=Integer,
    region_id=Integer,
    placement_no=String,
    channel=String,
    placed_on=Date,
    ended_on=Optional(Date),
)
