"""Since when a build holds what a metric sums: before that nothing was delivered, and 0 is no figure."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, func, select

from dashboard.remembered import remembered
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.distinct import Distinct
from dashboard.semantics.measure import Flow, Stock
from dashboard.semantics.span import Span
from dashboard.semantics.summing import Measure, Statement

if TYPE_CHECKING:
    from dashboard.warehouse import Build


@remembered(256)
def first_months(build: "Build", metrics: Sequence[str]) -> dict[str, date | None]:
    """The first day of the month in which all that each metric is made of has begun; None where it has not.

    The whole build counts: a small place may have its first training long after. Metrics of what has no days (a year's
    offices) are left out.
    """
    days = {name: list(_days(name)) for name in metrics}
    dated = {name: [_least(day) for day in known if day is not None] for name, known in days.items()}
    statements = dict.fromkeys(statement for own in dated.values() for statement in own)
    with build.at_once((statement, {}) for statement in statements):
        least = {statement: build.fetch(statement)[0][0] for statement in statements}
    return {
        name: _latest([least[statement] for statement in own])
        for name, own in dated.items()
        if len(own) == len(days[name])
    }


def _days(metric: str) -> Iterator[ColumnElement[Any] | None]:
    for measure in METRICS[metric].of + METRICS[metric].per:
        yield _day(measure)


def _day(measure: Measure) -> ColumnElement[Any] | None:
    """The day of each of its rows, or the one from which a row stands; None where they have none."""
    if isinstance(measure, Span):
        return measure.begins
    return measure.on if isinstance(measure, Flow | Stock | Distinct) else None


@lru_cache(maxsize=256)
def _least(day: ColumnElement[Any]) -> Statement:
    """The first of all days: the engine knows it without reading a row."""
    return select(func.min(day))


def _latest(days: Sequence[date | None]) -> date | None:
    known = [day for day in days if day is not None]
    return max(known).replace(day=1) if len(known) == len(days) else None
