"""Stocks of things that begin and end: summed over time by their moves, without looking at every day.

Of several periods a statement gives the moves (what began, less what ended, by period); running them up gives the stock
of each. Where a group changes while the thing lasts (an age), each row is met on every period's day that it stands on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, Date, and_, bindparam, case, func, literal_column, select, union_all

from dashboard.semantics.dimension import DAY_AS_OF, Amount, Condition, Fact, Moment
from dashboard.semantics.measure import Aggregate, Shape, Statement, Stock, everything, grouped, one

_Side = Literal["begins", "ends"]
_INTERVALS: Final = {"month": "INTERVAL 1 MONTH", "quarter": "INTERVAL 3 MONTH", "year": "INTERVAL 1 YEAR"}


@dataclass(frozen=True, eq=False)
class Span:
    """What stands from the day it `begins` until before the day it `ends`: the sum of `value` where `where` holds.

    `where` and `value` may not depend on the moment's day. `opening`: on the day before the period.
    """

    fact: Fact
    begins: ColumnElement[date]
    ends: ColumnElement[date]
    value: Amount = one
    where: Condition = everything
    aggregate: Aggregate = field(default=func.sum)
    opening: bool = False
    joins_region: bool = False

    def holds(self, moment: Moment) -> ColumnElement[bool]:
        """Whether a row stands on the day."""
        return and_(self.where(moment), self.begins <= moment.on, self.ends > moment.on)

    def moves(self, shape: Shape) -> bool:
        """Whether the statement gives moves by period, to be run up."""
        return shape.grain is not None and not any(self.fact.dimensions[name].varies for name in shape.uses)

    def statement(self, shape: Shape) -> Statement:
        """One statement for the day, or for the moves or days of all periods."""
        return _statement(self, shape)


@lru_cache(maxsize=4096)
def _statement(span: Span, shape: Shape) -> Statement:
    if span.moves(shape):
        both = union_all(_moves(span, shape, "begins"), _moves(span, shape, "ends")).subquery("moves")
        return select(*both.c)
    stock = Stock(span.fact, span.holds, span.value, span.aggregate, span.opening, span.joins_region)
    return stock.statement(shape)


def _moves(span: Span, shape: Shape, side: _Side) -> Statement:
    """What begins, or ends (negative), after the first period's day and by the last one's, by period."""
    day = "opening" if span.opening else "at"
    first_day: ColumnElement[date] = bindparam(f"first_{day}")
    last_day: ColumnElement[date] = bindparam(f"last_{day}")
    on = span.begins if side == "begins" else span.ends
    natural: ColumnElement[Any] = func.date_trunc(shape.grain, on)
    if span.opening:  # a day shows in the period that begins after it
        natural = natural + literal_column(_INTERVALS[shape.grain or ""])
    period = case((on <= first_day, bindparam("first_first")), else_=natural).cast(Date)
    moment = Moment(on, DAY_AS_OF, shape.uses, period=period)
    conditions = [span.where(moment), span.begins < span.ends, span.begins <= last_day, span.ends > first_day]
    if side == "ends":
        conditions.append(span.ends <= last_day)
    signed = span if side == "begins" else _Ending(span)
    return grouped(signed, shape, moment, span.fact.table, conditions)


class _Ending:
    """A span's value taken away."""

    def __init__(self, span: Span) -> None:
        self.fact, self.aggregate, self.joins_region = span.fact, span.aggregate, span.joins_region
        self._span = span

    def value(self, moment: Moment) -> ColumnElement[Any]:
        """What the span gave."""
        return -self._span.value(moment)

    def statement(self, shape: Shape) -> Statement:
        """The span's."""
        return self._span.statement(shape)


def run_up(moves: Sequence[tuple[Any, ...]], firsts: Sequence[date]) -> list[tuple[Any, ...]]:
    """Stocks by period and group from their moves; groups of which nothing stands are left out."""
    by_group: dict[tuple[Any, ...], dict[date, Any]] = {}
    for row in moves:
        first, amount = row[0], row[-1]
        own = by_group.setdefault(row[1:-1], {})
        own[first] = own[first] + amount if first in own else amount
    found: list[tuple[Any, ...]] = []
    for group, own in by_group.items():
        found.extend((first, *group, amount) for first, amount in _running(own, firsts) if amount)
    return found


def _running(own: Mapping[date, Any], firsts: Sequence[date]) -> list[tuple[date, Any]]:
    total: Any = 0
    stocks = []
    for first in firsts:
        total += own.get(first, 0)
        stocks.append((first, total))
    return stocks
