"""Statements over the sums by month and by day (`etl.marts.months`), in the shape that a question asks for."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Date, Table, bindparam, func, literal_column

from dashboard.semantics.dimension import DAY_AS_OF, LEVELS, OWN, Amount, Condition, Fact, Moment
from dashboard.semantics.measure import Flow, grouped
from dashboard.semantics.summing import SINCE, SUM, Aggregate, Held, Shape, Statement, everything, period_of
from etl.marts.months import ABOVE, DAYS

_A_MONTH: Final[ColumnElement[Any]] = literal_column("INTERVAL 1 MONTH")


@dataclass(frozen=True)
class _Sum:
    """A column of sums, summed."""

    fact: Fact
    column: Column[Any]
    where: Condition = everything
    aggregate: Aggregate = SUM

    @property
    def value(self) -> Amount:
        """The column."""
        return lambda _: self.column


def by_days(held: Held) -> Column[Any] | None:
    """The column that holds by day what another holds by month; None where none does."""
    return DAYS[held.column.table].c.get(held.column.name)


@lru_cache(maxsize=4096)
def months_statement(held: tuple[Held, ...], shape: Shape, *, has_gaps: bool) -> Statement:
    """The sums of columns over whole months, or at the ends of months: of `months`, where they do not follow."""
    days, (table, of_level) = held[0].days, months_for(held[0].column.table, shape)
    month: ColumnElement[Any] = table.c.month
    conditions: list[ColumnElement[bool]] = [month >= bindparam("months_from"), month < bindparam("months_until")]
    if has_gaps:
        conditions.append(func.list_contains(bindparam("months"), month))
    period = None
    if shape.grain is not None:  # what stood on the day before a period is the period's
        on = month + _A_MONTH if days == "opening" else month
        period = on.cast(Date) if shape.grain == "month" else period_of(shape.grain, on)
    sums = [_Sum(month_fact(table), table.c[each.column.name]) for each in held]
    return grouped(sums, shape, Moment(month, DAY_AS_OF, shape.uses, period=period), table, conditions + of_level)


@lru_cache(maxsize=4096)
def days_statement(columns: tuple[Column[Any], ...], shape: Shape, name: str) -> Statement:
    """The sums of columns over the days that whole months leave, or since a month's end up to the day looked at."""
    fact = month_fact(columns[0].table)
    sums = [_Sum(fact, column) for column in columns]
    chosen = Flow(fact, columns[0].table.c.day).chosen(shape)
    if shape.only != "moves":
        return grouped(sums, shape, chosen.moment, chosen.source, chosen.conditions)
    day = columns[0].table.c.day
    since = [day > SINCE, day <= bindparam("opening" if name == "opening" else "at")]
    return grouped(sums, shape, chosen.moment, chosen.source, since)


def months_for(months: Table, shape: Shape) -> tuple[Table, list[ColumnElement[bool]]]:
    """The table that holds the sums of the shape's places, and which of its rows: those of their level, or all.

    Streets and what lies above have rows of their own. A reader of a part of the city needs the rows of the parts.
    """
    levels = (*LEVELS, OWN)
    lowest = max([shape.level or LEVELS[0], *(level for _, level in shape.areas)], key=levels.index)
    if shape.scoped or lowest in (LEVELS[-1], OWN):
        return months, []
    table = ABOVE[months]
    return table, [table.c.level == lowest]


@lru_cache(maxsize=8)
def month_fact(table: Any) -> Fact:
    """A table of months or days as a fact: what it holds has no breakdown."""
    return Fact(table)
