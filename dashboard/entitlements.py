"""Subsidies that run month by month, and when they end: what falls away, and what the year still needs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final

from sqlalchemy import Select, bindparam, select

from dashboard.warehouse import Build
from etl.marts.region import region
from etl.marts.subsidies import entitlement

AHEAD: Final = 12  # months shown beyond the one of the data date


@dataclass(frozen=True)
class Entitlement:
    """One person's running subsidy of one kind; months by their first days, `monthly` in yuan."""

    person: int
    region_code: str
    region_name: str
    registration_no: str
    kind: str
    funding_source: str
    monthly: Decimal
    paid_until: date
    last_month: date
    reason: str

    def due_by(self, end: date) -> Decimal:
        """What is still to be paid for the months up to that of `end`, at the present rate."""
        return self.monthly * max(0, months_between(self.paid_until, min(self.last_month, end)))


_of = entitlement.c


@cache
def _statement(level: str) -> Select[Any]:
    return (
        select(
            *(_of.person_id, region.c.region_code, region.c.region_name, _of.registration_no, _of.kind),
            *(_of.funding_source, _of.monthly_amount, _of.paid_until, _of.last_month, _of.reason),
        )
        .join_from(entitlement, region, _of.region_id == region.c.region_id)
        .where(region.c[f"{level}_id"] == bindparam("area"))
        .order_by(_of.last_month, _of.registration_no, _of.kind)
    )


def entitlements(build: Build, code: str, where: Iterable[tuple[str, str]] = ()) -> list[Entitlement]:
    """Those of a region within the reader's scope, the first to end first; `where`: kinds and sources of money."""
    place = build.regions.find(code)
    found = (Entitlement(*row) for row in build.fetch(_statement(place.level), area=place.region_id))
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for dimension, value in where:
        if dimension in ("kind", "funding_source"):
            wanted[dimension].add(value)
    return [
        one
        for one in found
        if build.sees(one.region_code) and all(getattr(one, name) in values for name, values in wanted.items())
    ]


def ending_within(found: Sequence[Entitlement], day: date, months: int) -> list[Entitlement]:
    """Those whose last month lies no more than `months` after the day's."""
    return [one for one in found if months_between(day, one.last_month) <= months]


def months_between(earlier: date, later: date) -> int:
    """How many months `later` lies after `earlier`."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def month_after(day: date, months: int) -> date:
    """The first day of the month so many after the day's."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
