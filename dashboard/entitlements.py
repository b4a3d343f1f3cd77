"""Subsidies that run month by month, and when they end: what falls away, and what the year still needs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final

from sqlalchemy import Integer, bindparam, case, distinct, func, select

from dashboard.semantics.measure import in_area, in_scope
from dashboard.semantics.summing import Statement
from dashboard.warehouse import Build
from etl.marts.region import region
from etl.marts.subsidies import entitlement

AHEAD: Final = 12  # months shown beyond the one of the data date


@dataclass(frozen=True)
class Entitlement:
    """One person's running subsidy of one kind; months by their first days, `monthly` in yuan."""

    region_code: str
    region_name: str
    registration_no: str
    kind: str
    last_month: date
    reason: str
    monthly: Decimal


@dataclass(frozen=True)
class Entitlements:
    """Running subsidies of one kind and source, paid until and ending in the same months, for the same reason.

    `number`: of one kind, as many persons; `monthly`: of all together, in yuan.
    """

    kind: str
    funding_source: str
    paid_until: date
    last_month: date
    reason: str
    number: int
    monthly: Decimal

    def due_by(self, end: date) -> Decimal:
        """What is still to be paid for the months up to that of `end`, at the present rate."""
        return self.monthly * max(0, months_between(self.paid_until, min(self.last_month, end)))


@dataclass(frozen=True)
class Ending:
    """The different persons whose entitlements end, those whose age ends them among them, and the number of all."""

    persons: int
    for_age: int
    number: int


Where = Iterable[tuple[str, str]]
_of = entitlement.c
_TOGETHER: Final = (_of.kind, _of.funding_source, _of.paid_until, _of.last_month, _of.reason)


@dataclass(frozen=True)
class _Shape:
    level: str
    scoped: bool
    filtered: tuple[str, ...]

    def of(self, statement: Statement) -> Statement:
        """The entitlements of a place that the reader sees, by the filters."""
        statement = statement.join_from(entitlement, region, _of.region_id == region.c.region_id)
        statement = statement.where(in_area(self.level))
        for name in self.filtered:
            statement = statement.where(func.list_contains(bindparam(f"where_{name}"), _of[name]))
        return statement.where(in_scope()) if self.scoped else statement


@cache
def _summed(shape: _Shape) -> Statement:
    sums = func.count().label("number"), func.sum(_of.monthly_amount).label("monthly")
    return shape.of(select(*_TOGETHER, *sums)).group_by(*_TOGETHER).order_by(_of.last_month, *_TOGETHER)


@cache
def _counted(shape: _Shape) -> Statement:
    of_age = case((_of.reason == "age", _of.person_id))
    counted = func.count(distinct(_of.person_id)), func.count(distinct(of_age)), func.count()
    return shape.of(select(*counted)).where(_of.last_month <= bindparam("last"))


@cache
def _listed(shape: _Shape, *, limited: bool) -> Statement:
    named = region.c.region_code, region.c.region_name, _of.registration_no
    statement = shape.of(select(*named, _of.kind, _of.last_month, _of.reason, _of.monthly_amount))
    statement = statement.where(_of.last_month <= bindparam("last"))
    statement = statement.order_by(_of.last_month, _of.registration_no, _of.kind)
    return statement.limit(bindparam("most", type_=Integer)) if limited else statement


def entitlements(build: Build, code: str, where: Where = ()) -> list[Entitlements]:
    """Those of a region within the reader's scope, the first to end first; `where`: kinds and sources of money."""
    shape, values = _asked(build, code, where)
    return [Entitlements(*row) for row in build.fetch(_summed(shape), **values)]


def ending(build: Build, code: str, where: Where, last: date) -> Ending:
    """How many of them end in the month `last` or before."""
    shape, values = _asked(build, code, where)
    return Ending(*build.fetch(_counted(shape), last=last, **values)[0])


def ending_by(build: Build, code: str, where: Where, last: date, most: int | None = None) -> list[Entitlement]:
    """Those that end in the month `last` or before one by one, the first to end first, `most` of them."""
    shape, values = _asked(build, code, where)
    more = {} if most is None else {"most": most}
    rows = build.fetch(_listed(shape, limited=most is not None), last=last, **more, **values)
    return [Entitlement(*row) for row in rows]


def _asked(build: Build, code: str, where: Where) -> tuple[_Shape, dict[str, Any]]:
    regions, own = build.regions, build.scope.regions
    place = regions.find(code)
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for dimension, value in where:
        if dimension in ("kind", "funding_source"):
            wanted[dimension].add(value)
    values: dict[str, Any] = {f"where_{name}": sorted(each) for name, each in wanted.items()}
    values |= {"area": place.region_id, "scope": [regions.find(each).region_id for each in own or ()]}
    return _Shape(place.level, own is not None, tuple(sorted(wanted))), values


def months_between(earlier: date, later: date) -> int:
    """How many months `later` lies after `earlier`."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def month_after(day: date, months: int) -> date:
    """The first day of the month so many after the day's."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
