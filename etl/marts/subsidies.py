"""Subsidies, their budgets, and the targets of the year."""

from typing import Final

from sqlalchemy import BigInteger, Date, Integer, Numeric, String

from etl.marts.table import Money, Optional, Type, mart, view

# person_id is missing where the payment names no registration that counts, and so are the days of its person's payment
# before this one in the same city, district, street and community (0001-01-01 where there is none): of any kind, of its
# kind, out of its source.
subsidy = mart(
    "subsidy",
    "one row per payment of a subsidy",
    payment_no=String,
    region_id=Integer,
    paid_on=Date,
    person_id=Optional(Integer),
    kind=String,
    funding_source=String,
    before_in_city=Optional(Date),
    before_in_district=Optional(Date),
    before_in_street=Optional(Date),
    before_in_community=Optional(Date),
    kind_before_in_city=Optional(Date),
    kind_before_in_district=Optional(Date),
    kind_before_in_street=Optional(Date),
    kind_before_in_community=Optional(Date),
    source_before_in_city=Optional(Date),
    source_before_in_district=Optional(Date),
    source_before_in_street=Optional(Date),
    source_before_in_community=Optional(Date),
)

# A view of the payments one by one, under the names of the day's sums.
subsidy_payment = view(
    "subsidy_payment",
    "one row per payment of a subsidy: what mart.subsidy_day holds the sums of",
    payment_no=String,
    region_id=Integer,
    paid_on=Date,
    person_id=Optional(Integer),
    kind=String,
    funding_source=String,
    budget_year=BigInteger,
    amount=Money,
    amount_on_persons=Money,
    executes_from=Date,
    executes_until=Date,
)

# amount_on_persons: of the payments that name a person. They execute a budget from the day they are paid, not before
# its year, until the year ends: [executes_from, executes_until), empty if paid after it.
_SUMS_OF_PAYMENTS: Final[dict[str, Type | Optional]] = {
    "region_id": Integer,
    "paid_on": Date,
    "kind": String,
    "funding_source": String,
    "budget_year": BigInteger,
    "amount": Money,
    "amount_on_persons": Money,
    "executes_from": Date,
    "executes_until": Date,
}
subsidy_day = mart(
    "subsidy_day",
    "one row per community, day, kind, funding source and budget year of payments of subsidies",
    **_SUMS_OF_PAYMENTS,
)

# The same, each day being the first of its month: what questions about whole months read.
subsidy_by_month = mart(
    "subsidy_by_month",
    "one row per community, month, kind, funding source and budget year of payments of subsidies",
    **_SUMS_OF_PAYMENTS,
)

budget = mart(
    "budget",
    "one row per budget line (its highest revision), credited to a district or the city",
    district_code=String,
    revision=BigInteger,
    region_id=Integer,
    budget_year=BigInteger,
    kind=String,
    funding_source=String,
    amount=Money,
)

# Months by their first days. paid_until: the last one paid for; last_month: the last one of the entitlement, for which
# reason: duration (the policy's months are used up), age (working age ends), granted (paid for in advance up to then).
entitlement = mart(
    "entitlement",
    "one row per person and kind of which the policy limits the months, whose subsidy runs at the data date",
    region_id=Integer,
    person_id=Integer,
    registration_no=String,
    kind=String,
    funding_source=String,
    monthly_amount=Money,
    months_paid=Integer,
    months_allowed=Integer,
    paid_until=Date,
    last_month=Date,
    reason=String,
)

target = mart(
    "target",
    "one row per target (its highest revision)",
    region_id=Integer,
    region_code=String,
    target_year=BigInteger,
    indicator=String,
    issuer=String,
    revision=BigInteger,
    value=Numeric(18, 6),
    document_no=Optional(String),
    signed_on=Optional(Date),
    owner=Optional(String),
)

letter = mart(
    "letter",
    "one row per target and revision: a letter of objectives, credited as its target is",
    region_id=Integer,
    region_code=String,
    target_year=BigInteger,
    indicator=String,
    issuer=String,
    revision=BigInteger,
    value=Numeric(18, 6),
    document_no=Optional(String),
    signed_on=Optional(Date),
    owner=Optional(String),
    load=Integer,
)

# city_code: ALL_CITIES stands for several together.
watch_points = mart(
    "watch_points",
    "one row per city and all of several together: points behind the pace that are still watch",
    city_code=String,
    points=Numeric(18, 6),
)
pace = mart(
    "pace",
    "one row per city, indicator with a pace of its own and month: share of the year's work done by its end",
    city_code=String,
    indicator=String,
    month=Integer,
    share=Numeric(18, 6),
)
