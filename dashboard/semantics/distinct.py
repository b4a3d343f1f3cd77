"""How many different persons a period has: each is counted with its first row in it, so that nothing is remembered.

That needs the day of the person's row before in the same region, and in the same group where a dimension is in play; of
several regions or groups together, the persons are told apart one by one.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, distinct, func

from dashboard.semantics.dimension import Amount, Condition, Fact, Moment
from dashboard.semantics.measure import Flow
from dashboard.semantics.summing import Aggregate, Chosen, Held, Measures, Shape, Statement, everything


@dataclass(frozen=True, eq=False)
class Distinct:
    """The different `who` of the rows with `on` in the period; `before`: by level, the day of their row before.

    `before_of`: by dimension and level, that of their row before in the same group.
    `held`: by ("month", level), the first of each month; by ("year", level), those that are the first of their year.
    """

    fact: Fact
    on: ColumnElement[date]
    who: ColumnElement[Any]
    before: Mapping[str, ColumnElement[date]]
    before_of: Mapping[tuple[str, str], ColumnElement[date]]
    held: Mapping[tuple[str, str], Held]

    @property
    def whole(self) -> None:
        """Persons of several months are not a sum."""

    @property
    def value(self) -> Amount:
        """Who it is."""
        return lambda _: self.who

    @property
    def where(self) -> Condition:
        """All rows."""
        return everything

    @property
    def aggregate(self) -> Aggregate:
        """How many are different."""
        return lambda who: func.count(distinct(who))

    def rows(self, shape: Shape) -> Hashable:  # noqa: ARG002 - the protocol's signature
        """Its own."""
        return id(self)

    def is_timeless(self, shape: Shape) -> bool:  # noqa: ARG002 - the protocol's signature
        """The period matters."""
        return False

    def moves(self, shape: Shape) -> bool:  # noqa: ARG002 - the protocol's signature
        """What happens is counted when it does."""
        return False

    def held_for(self, shape: Shape, *, in_year: bool) -> Held | None:
        """Of single months, and of a year's months up to one."""
        if shape.uses or shape.each is None or not (shape.grain == "month" or (shape.grain is None and in_year)):
            return None
        return self.held["month" if shape.grain else "year", shape.each]

    def chosen(self, shape: Shape) -> Chosen:
        """All rows of the period, of which each person's first brings one."""
        return _told_apart(self).chosen(shape)

    def statement(self, together: Measures, shape: Shape) -> Statement:  # noqa: ARG002 - it stands alone
        """One statement for the period, or for all periods of a grain."""
        before = self._before(shape)
        flow = _told_apart(self) if before is None else _first_rows(self, before)
        return flow.statement((flow,), shape)

    def _before(self, shape: Shape) -> ColumnElement[date] | None:
        """The day of the person's row before among those that a figure is of, where rows say it."""
        if shape.each is None:
            return None
        if not shape.uses:
            return self.before[shape.each]
        if len(shape.uses) > 1 or shape.uses != shape.apart:
            return None
        [dimension] = shape.uses
        return self.before_of.get((dimension, shape.each))


@lru_cache(maxsize=64)
def _told_apart(persons: Distinct) -> Flow:
    return Flow(persons.fact, persons.on, persons.value, aggregate=persons.aggregate)


@lru_cache(maxsize=64)
def _first_rows(persons: Distinct, before: ColumnElement[date]) -> Flow:
    def is_first(moment: Moment) -> ColumnElement[bool]:
        start: ColumnElement[date] = bindparam("start")
        return before < (start if moment.period is None else func.greatest(moment.period, start))

    # A condition, not a value of 0 or 1: of the other rows no more is read. Wherever there are rows, one is the first.
    return Flow(persons.fact, persons.on, where=is_first)
