"""What happened in each month and stood at its end, summed by region: what questions about whole months read.

Once by the region that rows name, and once by each street, district and city: those are few, and read at once.
A column is missing where no row was summed. Days hold the same columns of single days, and of what stands how many
more or fewer do: for the days before and after whole months.
"""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import BigInteger, Date, Integer, Numeric, String, Table

from etl.marts.table import Money, Optional, Type, mart

# unemployed … insurance_filled: open registrations at the month's end; *_open, posts_welfare, entity_*, *_overdue and
# *_due_soon: what stands then. placement_known, updated, posts_filled, *ripe*, kept_*, trainings_placed and
# households_in_term: as known at the data date.
_PEOPLE: Final[Mapping[str, Type | Optional]] = {
    "region_id": Integer,
    "month": Date,
    "unemployed": Optional(BigInteger),
    "unemployed_4050": Optional(BigInteger),
    "unemployed_known": Optional(BigInteger),
    "cause_filled": Optional(BigInteger),
    "family_filled": Optional(BigInteger),
    "skill_filled": Optional(BigInteger),
    "job_wish_filled": Optional(BigInteger),
    "insurance_filled": Optional(BigInteger),
    "closed_as_placed": Optional(BigInteger),
    "placement_known": Optional(BigInteger),
    "fields_filled": Optional(BigInteger),
    "fields_asked": Optional(BigInteger),
    "updated": Optional(BigInteger),
    "placements": Optional(BigInteger),
    "placed": Optional(BigInteger),
    "placed_4050": Optional(BigInteger),
    "placed_hardship": Optional(BigInteger),
    "placed_certified": Optional(BigInteger),
    "ripe_90": Optional(BigInteger),
    "kept_90": Optional(BigInteger),
    "ripe_180": Optional(BigInteger),
    "kept_180": Optional(BigInteger),
    "registrations": Optional(BigInteger),
    "registrations_4050": Optional(BigInteger),
    "certificates": Optional(BigInteger),
    "referrals": Optional(BigInteger),
    "referrals_placed": Optional(BigInteger),
    "referrals_settled": Optional(BigInteger),
    "visits_due": Optional(BigInteger),
    "visits_made": Optional(BigInteger),
    "posts_developed": Optional(BigInteger),
    "posts_filled": Optional(BigInteger),
    "posts_open": Optional(BigInteger),
    "posts_welfare": Optional(BigInteger),
    "entities_open": Optional(BigInteger),
    "entity_jobs_planned": Optional(BigInteger),
    "entity_jobs": Optional(BigInteger),
    "trainings": Optional(BigInteger),
    "trainings_finished": Optional(BigInteger),
    "trainings_passed": Optional(BigInteger),
    "trainings_ripe": Optional(BigInteger),
    "trainings_placed": Optional(BigInteger),
    "households_found": Optional(BigInteger),
    "households_ripe": Optional(BigInteger),
    "households_in_term": Optional(BigInteger),
    "households_cleared": Optional(BigInteger),
    "households_open": Optional(BigInteger),
    "households_overdue": Optional(BigInteger),
    "households_due_soon": Optional(BigInteger),
}

# outstanding … recovered_in_all: at the month's end. settled: as known at the data date. month_in_*, year_in_*: persons
# with their first payment of the month (of the year so far) in their city, district, street, community.
_MONEY: Final[Mapping[str, Type | Optional]] = {
    "region_id": Integer,
    "month": Date,
    "outstanding": Optional(Money),
    "late_0": Optional(Money),
    "late_30": Optional(Money),
    "late_60": Optional(Money),
    "late_90": Optional(Money),
    "late_180": Optional(Money),
    "unrecovered": Optional(Money),
    "compensated": Optional(Money),
    "compensated_in_all": Optional(Money),
    "recovered_in_all": Optional(Money),
    "loans": Optional(BigInteger),
    "lent": Optional(Money),
    "jobs_created": Optional(BigInteger),
    "principal_due": Optional(Money),
    "settled_in_time": Optional(Money),
    "subsidy_due": Optional(Numeric(38, 8)),
    "settled": Optional(Money),
    "compensation_paid": Optional(Money),
    "compensation_reversed": Optional(Money),
    "recovery_paid": Optional(Money),
    "recovery_reversed": Optional(Money),
    "spend": Optional(Money),
    "spend_on_persons": Optional(Money),
    "spend_on_placement": Optional(Money),
    "month_in_city": Optional(BigInteger),
    "month_in_district": Optional(BigInteger),
    "month_in_street": Optional(BigInteger),
    "month_in_community": Optional(BigInteger),
    "year_in_city": Optional(BigInteger),
    "year_in_district": Optional(BigInteger),
    "year_in_street": Optional(BigInteger),
    "year_in_community": Optional(BigInteger),
}

# What a month holds that is no sum of its days.
_OF_MONTHS_ALONE: Final = frozenset({
    "updated", "month_in_city", "month_in_district", "month_in_street", "month_in_community",
    "year_in_city", "year_in_district", "year_in_street", "year_in_community",
})  # fmt: skip

people_month = mart(
    "people_month",
    "one row per region and month: what happened in it to the unemployed, and what stands at its end",
    **_PEOPLE,
)
people_month_above = mart(
    "people_month_above",
    "one row per city, district and street and month: people_month summed over the regions in it",
    level=String,
    **_PEOPLE,
)
money_month = mart(
    "money_month",
    "one row per region and month: what was lent, due and paid in it, and what is owed at its end",
    **_MONEY,
)
money_month_above = mart(
    "money_month_above",
    "one row per city, district and street and month: money_month summed over the regions in it",
    level=String,
    **_MONEY,
)

# Numbers that were delivered, added up: nobody knows how large they are.
_DELIVERED: Final = frozenset({
    "posts_developed", "posts_open", "posts_welfare", "entity_jobs", "entity_jobs_planned", "jobs_created",
})  # fmt: skip


def _of_days(months: Mapping[str, Type | Optional]) -> dict[str, Type | Optional]:
    """What sums by month hold, by day: all but what is told of months alone; what is counted of a day is small."""
    columns: dict[str, Type | Optional] = {"region_id": Integer, "day": Date}
    for name, kind in months.items():
        if isinstance(kind, Optional) and name not in _OF_MONTHS_ALONE:
            is_counted = kind.kind is BigInteger and name not in _DELIVERED
            columns[name] = Optional(Integer) if is_counted else kind
    return columns


people_day = mart(
    "people_day",
    "one row per region and day on which something happened to the unemployed: what, and how many more or fewer stand",
    **_of_days(_PEOPLE),
)
money_day = mart(
    "money_day",
    "one row per region and day on which money was lent, due or paid: how much, and how much more or less is owed",
    **_of_days(_MONEY),
)

DAYS: Final[Mapping[Table, Table]] = {people_month: people_day, money_month: money_day}
ABOVE: Final[Mapping[Table, Table]] = {people_month: people_month_above, money_month: money_month_above}
