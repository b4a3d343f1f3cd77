"""What a measure is: a sum over the rows of a fact, in the shape that a question asks for."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final, Literal, Protocol

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    bindparam,
    case,
    func,
    literal_column,
    true,
    type_coerce,
)

from dashboard.semantics.dimension import Amount, Condition, Fact, Moment

# Any number of columns, of any types.
Statement = Select[*tuple[Any, ...]]
Aggregate = Callable[[ColumnElement[Any]], Any]
SUM: Final[Aggregate] = func.sum
MEDIAN: Final[Aggregate] = func.median


def _alike(value: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((func.min(value) == func.max(value), func.max(value)))


ALIKE: Final[Aggregate] = _alike  # the value that all have; missing where they differ


@dataclass(frozen=True)
class Shape:
    """All of a question but its values: measures of one shape share a compiled statement.

    `by`: dimensions besides time and place; `level`: the regions side by side, `OWN` those that rows name; `grain`:
    the periods; `areas`: choices of places, by name, and their level; `where`: dimension, whether it has values,
    whether the missing are meant; `single`: the dimensions filtered by one value; `each`: the level of which every
    figure is of one region, if it is; `only`: what sums by month leave, of what happened the days before and after the
    whole months (`WHOLE_FROM`, `WHOLE_UNTIL`), of what stands on a day what came and went since the day `SINCE`.
    """

    by: tuple[str, ...] = ()
    level: str | None = None
    grain: str | None = None
    areas: tuple[tuple[str, str], ...] = ()
    where: tuple[tuple[str, bool, bool], ...] = ()
    single: tuple[str, ...] = ()
    scoped: bool = False
    ripe: bool = False
    each: str | None = None
    only: Literal["", "ends", "moves"] = ""

    @cached_property
    def uses(self) -> frozenset[str]:
        """The dimensions that break down or filter."""
        return frozenset(self.by) | {name for name, _, _ in self.where}

    @property
    def apart(self) -> frozenset[str]:
        """The dimensions of which every figure is of one group."""
        return frozenset(self.by + self.single)


@dataclass(frozen=True, eq=False)
class Held:
    """A mart's column that holds a measure's sums by region and month: of the month, at its end, or before its next.

    `today`: as known at the data date, and at no day before. `from_first`: of what may have stood before the first
    month: at the end of an earlier one nothing is held.
    """

    column: Column[Any]
    today: bool = False
    days: Literal["flow", "at", "opening"] = "flow"
    from_first: bool = False


# Between these first days of months a measure's `whole` reads sums by month, else the rows of days.
WHOLE_FROM: Final[ColumnElement[date]] = bindparam("whole_from", type_=Date)
WHOLE_UNTIL: Final[ColumnElement[date]] = bindparam("whole_until", type_=Date)
# The month's end from which what came and went is counted (`Shape.only`).
SINCE: Final[ColumnElement[date]] = bindparam("since", type_=Date)


class Summed(Protocol):
    """The aggregate of a value over the rows of a fact that fulfil a condition."""

    @property
    def fact(self) -> Fact:
        """The fact that it sums."""
        ...

    @property
    def value(self) -> Amount:
        """What is summed."""
        ...

    @property
    def where(self) -> Condition:
        """Of which rows."""
        ...

    @property
    def aggregate(self) -> Aggregate:
        """How."""
        ...


class Measure(Summed, Protocol):
    """What a metric is made of."""

    def rows(self, shape: Shape) -> Hashable:
        """What makes measures go over the same rows but for `where`: those that share it are summed together."""
        ...

    def is_timeless(self, shape: Shape) -> bool:
        """Whether the period does not matter: each period of a grain has the same amounts."""
        ...

    def moves(self, shape: Shape) -> bool:
        """Whether the statement gives moves by period, to be run up."""
        ...

    @property
    def whole(self) -> "Measure | None":
        """The same over sums by month between `WHOLE_FROM` and `WHOLE_UNTIL`, and over its own rows before and after.

        Only for what is summed by its own day, and for what stands from its own day or later on.
        """
        ...

    def held_for(self, shape: Shape, *, in_year: bool) -> Held | None:
        """Where months hold its sums, as the shape asks for them; `in_year`: of whole months from 1 January on."""
        ...

    def statement(self, together: "Measures", shape: Shape) -> Statement:
        """Columns: the period's first day (with a grain), region_id (with a level), the dimensions, the amounts."""
        ...

    def chosen(self, shape: Shape) -> "Chosen":
        """The rows that it goes over, for a question without a grain."""
        ...


@dataclass(frozen=True)
class Chosen:
    """Rows of `source` that fulfil `conditions`, looked at on the day `moment`; `on`: each row's own day, if any."""

    moment: Moment
    source: FromClause
    conditions: list[ColumnElement[bool]]
    on: ColumnElement[Any] | None = None


Measures = tuple[Measure, ...]


def everything(moment: Moment) -> ColumnElement[bool]:  # noqa: ARG001 - a condition's signature
    """The condition of every row."""
    return true()


def period_of(grain: str, day: ColumnElement[Any]) -> ColumnElement[date]:
    """The first day of the month, quarter or year that a day lies in."""
    if grain == "month":  # summing by month takes half the time that it takes with date_trunc
        return type_coerce(day, Date) - (func.day(day) - 1).cast(Integer)
    return func.date_trunc(grain, day).cast(Date)


def one(moment: Moment) -> ColumnElement[Any]:  # noqa: ARG001 - an amount's signature
    """The amount of a row that counts once."""
    return literal_column("1", Integer)


def same(measure: Summed, shape: Shape, *more: object) -> Hashable:
    """What measures share that are summed together: the fact, its groups, and `more` that chooses the rows."""
    # Only a sum is missing where none of the rows that another measure counts fulfils its condition.
    apart = None if measure.aggregate is SUM or measure.where is everything else measure
    groups = (measure.fact.dimensions[name].group for name in sorted(shape.uses))
    # By identity: == of two expressions is an expression.
    return tuple(map(id, (type(measure), measure.fact.table, apart, *groups, *more)))
