"""Sums over facts: what happened in a period (`Flow`), and what stood on a day (`Stock`).

A measure turns the shape of a question into one statement; its values are bound when it is run:
`start`, `end`, `as_of` (days), `at`, `opening` (a stock's day, the day before a period; `at_number`: as yyyymmdd), or,
for several periods, `firsts`, `ats`, `openings` (lists). `area_*`, `scope`, `where_<dimension>` list places, values.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Date, FromClause, Select, bindparam, func, literal_column, or_, select, true

from dashboard.semantics.dimension import DAY_AS_OF, LEVELS, Amount, Condition, Fact, Moment
from etl.marts.region import region

# Any number of columns, of any types.
Statement = Select[*tuple[Any, ...]]
Aggregate = Callable[[ColumnElement[Any]], ColumnElement[Any]]


@dataclass(frozen=True)
class Shape:
    """All of a question but its values: measures of one shape share a compiled statement.

    `by`: dimensions besides time and place; `level`: the regions side by side; `grain`: the periods;
    `areas`: choices of places, by name, and their level; `where`: dimension, whether it has values, whether the
    missing are meant.
    """

    by: tuple[str, ...] = ()
    level: str | None = None
    grain: str | None = None
    areas: tuple[tuple[str, str], ...] = ()
    where: tuple[tuple[str, bool, bool], ...] = ()
    scoped: bool = False
    ripe: bool = False

    @property
    def uses(self) -> frozenset[str]:
        """The dimensions that break down or filter."""
        return frozenset(self.by) | {name for name, _, _ in self.where}


class Measure(Protocol):
    """What a metric is made of."""

    @property
    def fact(self) -> Fact:
        """The fact that it sums."""
        ...

    def statement(self, shape: Shape) -> Statement:
        """Columns: the period's first day (with a grain), region_id (with a level), the dimensions, the amount."""
        ...


class Summed(Measure, Protocol):
    """A measure that sums a value over the rows of its fact."""

    @property
    def value(self) -> Amount:
        """What is summed."""
        ...

    @property
    def aggregate(self) -> Aggregate:
        """How."""
        ...

    @property
    def joins_region(self) -> bool:
        """Whether its conditions are about the region credited."""
        ...


def everything(moment: Moment) -> ColumnElement[bool]:  # noqa: ARG001 - a condition's signature
    """The condition of every row."""
    return true()


def one(moment: Moment) -> ColumnElement[Any]:  # noqa: ARG001 - an amount's signature
    """The amount of a row that counts once."""
    return literal_column("1")


@dataclass(frozen=True, eq=False)
class Stock:
    """What stood on a day: the sum of `value` over the rows that `holds` then; `opening`: the day before the period."""

    fact: Fact
    holds: Condition
    value: Amount = one
    aggregate: Aggregate = field(default=func.sum)
    opening: bool = False
    joins_region: bool = False

    def statement(self, shape: Shape) -> Statement:
        """One statement for the day, or for all days of a grain."""
        return _stock_statement(self, shape)


@dataclass(frozen=True, eq=False)
class Flow:
    """What happened in a period: the aggregate of `value` over the rows with `on` in it that fulfil `where`.

    `until`: the row is a span [on, until] that must lie wholly in the period. `ripe_on`: the day from which the row
    can be judged; it counts once that is ≤ D. `whatever_with`: a dimension in play with which the period no longer
    matters: every row with `on` ≤ D counts.
    """

    fact: Fact
    on: ColumnElement[Any]
    value: Amount = one
    where: Condition = everything
    aggregate: Aggregate = field(default=func.sum)
    until: ColumnElement[Any] | None = None
    ripe_on: ColumnElement[Any] | None = None
    whatever_with: str | None = None
    joins_region: bool = False

    def statement(self, shape: Shape) -> Statement:
        """One statement for the period, or for all periods of a grain."""
        return _flow_statement(self, shape)


@lru_cache(maxsize=4096)
def _stock_statement(stock: Stock, shape: Shape) -> Statement:
    source: FromClause = stock.fact.table
    day: str = "opening" if stock.opening else "at"
    if shape.grain is None:
        moment = Moment(bindparam(day), DAY_AS_OF, shape.uses, bindparam("opening"), number=bindparam(f"{day}_number"))
    else:
        points = _points()
        number = points.c[f"{day}_number"]
        moment = Moment(points.c[day], DAY_AS_OF, shape.uses, points.c.opening, points.c.first, number)
        source = source.join(points, true())
    return grouped(stock, shape, moment, source, [stock.holds(moment)])


@lru_cache(maxsize=4096)
def _flow_statement(flow: Flow, shape: Shape) -> Statement:
    if flow.whatever_with in shape.uses:
        known = Stock(flow.fact, lambda moment: flow.on <= moment.as_of, flow.value, flow.aggregate)
        return _stock_statement(known, shape)
    on = flow.ripe_on if shape.ripe and flow.ripe_on is not None else flow.on
    period = None if shape.grain is None else func.date_trunc(shape.grain, on).cast(Date)
    moment = Moment(flow.on, DAY_AS_OF, shape.uses, period=period)
    conditions = [flow.where(moment)]
    if flow.ripe_on is not None:
        conditions.append(flow.ripe_on <= DAY_AS_OF)
    conditions += [on >= bindparam("start"), (on if flow.until is None else flow.until) <= bindparam("end")]
    if period is not None and flow.until is not None:
        conditions.append(period == func.date_trunc(shape.grain, flow.until).cast(Date))
    return grouped(flow, shape, moment, flow.fact.table, conditions)


def _points() -> Any:
    names = ("first", "at", "opening", "at_number", "opening_number")
    return select(*(func.unnest(bindparam(f"{name}s")).label(name) for name in names)).subquery("points")


def grouped(
    measure: Summed,
    shape: Shape,
    moment: Moment,
    source: FromClause,
    conditions: list[ColumnElement[bool]],
) -> Statement:
    """The statement of a measure over the rows of `source` that fulfil `conditions`, by the shape's groups."""
    keys = [] if moment.period is None else [moment.period]
    if shape.level or shape.areas or shape.scoped or measure.joins_region:
        source = source.join(region, region.c.region_id == measure.fact.table.c.region_id)
        conditions = conditions + _places(shape)
    if shape.level:
        keys.append(region.c[f"{shape.level}_id"])
        conditions = [*conditions, keys[-1].is_not(None)]
    for name in shape.by:
        breakdown = measure.fact.dimensions[name]
        source = breakdown.joined(source, moment)
        keys.append(breakdown.group(moment))
    for name, has_values, missing in shape.where:
        values: ColumnElement[Any] | None = bindparam(f"where_{name}") if has_values else None
        conditions.append(measure.fact.dimensions[name].among(moment, values, missing=missing))
    named = [key.label(f"key_{position}") for position, key in enumerate(keys)]
    amount = measure.aggregate(measure.value(moment)).label("amount")
    statement = select(*named, amount).select_from(source).where(*conditions)
    # By name: an expression written twice would bear two sets of bound values, and be two expressions.
    return statement.group_by(*(literal_column(key.name) for key in named))


def _places(shape: Shape) -> list[ColumnElement[bool]]:
    tests: list[ColumnElement[bool]] = [
        func.list_contains(bindparam(f"area_{name}"), region.c[f"{level}_id"]) for name, level in shape.areas
    ]
    if shape.scoped:
        tests.append(or_(*(func.list_contains(bindparam("scope"), region.c[f"{level}_id"]) for level in LEVELS)))
    return tests
