"""Stocks of things that begin and end: summed over time by their moves, without looking at every day.

Of several periods a statement gives the moves (what began, less what ended, by period); running them up gives the stock
of each. Where a group changes while the thing lasts (an age), the mart has a row for each stretch of days.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, Date, bindparam, case, func, literal_column, select, union_all

from dashboard.semantics.dimension import DAY_AS_OF, Amount, Condition, Fact, Moment
from dashboard.semantics.measure import grouped, whole
from dashboard.semantics.summing import (
    SINCE,
    SUM,
    Aggregate,
    Chosen,
    Held,
    Measure,
    Measures,
    Shape,
    Statement,
    Summed,
    everything,
    one,
    period_of,
    same,
)

Key = tuple[Any, ...]
_Side = Literal["begins", "ends"]
_INTERVALS: Final = {"month": "INTERVAL 1 MONTH", "quarter": "INTERVAL 3 MONTH", "year": "INTERVAL 1 YEAR"}
NEVER: Final[ColumnElement[date]] = literal_column("DATE '9999-12-31'", Date)


@dataclass(frozen=True, eq=False)
class Span:
    """What stands from the day it `begins` until before the day it `ends`: the sum of `value` where `where` holds.

    `where` and `value` may not depend on the moment's day. `opening`: on the day before the period. `timeless_with`: a
    dimension in play with which the day no longer matters: every row counts that `known_on` ≤ D.
    """

    fact: Fact
    begins: ColumnElement[date]
    ends: ColumnElement[date]
    value: Amount = one
    where: Condition = everything
    aggregate: Aggregate = field(default=SUM)
    opening: bool = False
    timeless_with: str | None = None
    known_on: ColumnElement[date] | None = None
    held: Held | None = None
    whole: Measure | None = None

    def rows(self, shape: Shape) -> Hashable:
        """Those that stand from and until the same days."""
        return same(self, shape, self.begins, self.ends, self.opening, self.timeless_with)

    def is_timeless(self, shape: Shape) -> bool:
        """Where a dimension is in play that says of itself which time is meant."""
        return self.timeless_with in shape.uses

    def moves(self, shape: Shape) -> bool:
        """Of several periods."""
        return shape.grain is not None

    def held_for(self, shape: Shape, *, in_year: bool) -> Held | None:  # noqa: ARG002 - the protocol's signature
        """Months hold it without a breakdown."""
        return None if shape.uses else self.held

    def statement(self, together: Measures, shape: Shape) -> Statement:
        """One statement for the day, or for the moves or days of all periods."""
        return _statement(self, together, shape)

    def chosen(self, shape: Shape) -> Chosen:
        """The rows that stand on the day, or all that are known by D."""
        if self.is_timeless(shape) and self.known_on is not None:
            moment = Moment(self.known_on, DAY_AS_OF, shape.uses)
            return Chosen(moment, self.fact.table, [self.known_on <= DAY_AS_OF], self.known_on)
        on: ColumnElement[date] = bindparam("opening" if self.opening else "at")
        moment = Moment(on, DAY_AS_OF, shape.uses)
        return Chosen(
            moment,
            self.fact.table,
            [self.begins <= on, self.ends > on],
            self.begins if self.known_on is None else self.known_on,
        )


@lru_cache(maxsize=4096)
def _statement(span: Span, together: Measures, shape: Shape) -> Statement:
    if shape.only == "moves":
        return _net(_since(span, together, shape, "begins"), _since(span, together, shape, "ends"), len(together))
    if span.moves(shape) and not span.is_timeless(shape):
        both = union_all(_moves(span, together, shape, "begins"), _moves(span, together, shape, "ends"))
        moves = both.subquery("moves")
        return select(*moves.c)
    chosen = span.chosen(shape)
    return grouped(together, shape, chosen.moment, chosen.source, chosen.conditions)


def _net(begun: Statement, ended: Statement, width: int) -> Statement:
    """What begins less what ends, by group."""
    columns = list(union_all(begun, ended).subquery("moves").c)
    keys, amounts = columns[:-width], columns[-width:]
    return select(*keys, *(whole(func.sum(each)).label(each.name) for each in amounts)).group_by(*keys)


def _since(span: Span, together: Measures, shape: Shape, side: _Side) -> Statement:
    """What begins, or ends (negative), after the day `SINCE` and by the day looked at."""
    on = span.begins if side == "begins" else span.ends
    day: ColumnElement[date] = bindparam("opening" if span.opening else "at")
    measures = together if side == "begins" else [_Ending(measure) for measure in together]
    conditions = [span.begins < span.ends, span.begins <= day, on > SINCE, on <= day]  # the first: read no later rows
    return grouped(measures, shape, Moment(on, DAY_AS_OF, shape.uses), span.fact.table, conditions)


def _moves(span: Span, together: Measures, shape: Shape, side: _Side) -> Statement:
    """What begins, or ends (negative), after the first period's day and by the last one's, by period."""
    day = "opening" if span.opening else "at"
    first_day: ColumnElement[date] = bindparam(f"first_{day}")
    last_day: ColumnElement[date] = bindparam(f"last_{day}")
    on = span.begins if side == "begins" else span.ends
    grain = shape.grain or ""
    natural: ColumnElement[Any] = period_of(grain, on)
    if span.opening:  # a day shows in the period that begins after it
        natural = natural + literal_column(_INTERVALS[grain])
    period = case((on <= first_day, bindparam("first_first")), else_=natural).cast(Date)
    moment = Moment(on, DAY_AS_OF, shape.uses, period=period)
    conditions = [span.begins < span.ends, span.begins <= last_day, span.ends > first_day]
    if side == "begins":
        return grouped(together, shape, moment, span.fact.table, conditions)
    ending = [_Ending(measure) for measure in together]
    return grouped(ending, shape, moment, span.fact.table, [*conditions, span.ends <= last_day])


class _Ending:
    """A measure's value taken away."""

    def __init__(self, measure: Summed) -> None:
        self.fact, self.where, self.aggregate = measure.fact, measure.where, measure.aggregate
        self._measure = measure

    def value(self, moment: Moment) -> ColumnElement[Any]:
        """What the measure gave."""
        return -self._measure.value(moment)


def run_up(moves: Sequence[tuple[Key, Any]], firsts: Sequence[date]) -> list[tuple[Key, Any]]:
    """Stocks by period and group from their moves by the same; groups of which nothing stands are left out."""
    by_group: dict[Key, dict[date, Any]] = {}
    for (first, *group), amount in moves:
        own = by_group.setdefault(tuple(group), {})
        own[first] = own[first] + amount if first in own else amount
    found: list[tuple[Key, Any]] = []
    for each, own in by_group.items():
        found.extend(((first, *each), amount) for first, amount in _running(own, firsts) if amount)
    return found


def _running(own: Mapping[date, Any], firsts: Sequence[date]) -> list[tuple[date, Any]]:
    total: Any = 0
    stocks = []
    for first in firsts:
        total += own.get(first, 0)
        stocks.append((first, total))
    return stocks
