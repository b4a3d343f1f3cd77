"""A region's figures, each beside its siblings', the period compared and its own months: value, place, tested trend."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from dashboard.panel import Row
from dashboard.peers import Standing, standing
from dashboard.period import Period
from dashboard.remembered import remembered
from dashboard.semantics.answer import answer
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.dimension import LEVELS
from dashboard.semantics.measure import Flow
from dashboard.semantics.question import Question
from dashboard.trend import Trend, seasonal_trend, stock_trend
from dashboard.view import View
from dashboard.warehouse import Build

SHOWN_MONTHS: Final = 12
TESTED_YEARS: Final = 3
SIZE: Final = "labour_force"


@dataclass(frozen=True)
class Line:
    """One figure of a region."""

    metric: str
    value: Any
    compared: Any
    standing: Standing | None
    history: Sequence[float | None]
    trend: Trend


def is_kept(view: View, name: str) -> bool:
    """Whether the metric exists at the level of the region in view."""
    return LEVELS.index(view.region.level) <= LEVELS.index(METRICS[name].exists_from)


def lines_of(view: View, metrics: tuple[str, ...], page: tuple[str, ...] = ()) -> list[Line]:
    """The figures of the region in view among its siblings, and month by month; asked for with those of the `page`.

    A filter holds where all figures that are asked for together know it, so with one each sheet asks for its own.
    """
    if not metrics:
        return []
    asked = metrics if view.selection.where else tuple(name for name in page if is_kept(view, name)) or metrics
    view = replace(view, keeps=True)
    region, above = view.region, view.tree.above(view.region)
    beside = view.among_all().ask(*asked, *_size(asked), by=(region.level,), region=above) if above else []
    own = _own(view, asked, beside)
    compared: Row = next(iter(view.compared(*asked)), {})
    months = view.ask(*asked, by=("month",), period=full_months(view))
    # The same of every region, so that the first page of a build answers for all that follow.
    started = first_months(view.build.whole, page or metrics, full_months(view), view.as_of)
    return [
        Line(
            name,
            own[name],
            compared.get(name),
            standing(_rates(name, beside), region.code, METRICS[name].direction),
            *_history(name, months, started[name]),
        )
        for name in metrics
    ]


def _size(metrics: Sequence[str]) -> Sequence[str]:
    return () if SIZE in metrics else (SIZE,)


def _own(view: View, metrics: Sequence[str], beside: Sequence[Row]) -> Row:
    """Among its siblings a region's own figures stand already, where the reader may see all of it and filters nothing.

    The siblings are asked with their labour force, which knows no filter, and so without any.
    """
    if view.selection.where:
        return view.figures(*metrics)
    own = [row for row in beside if row["region_code"] == view.region.code and view.build.sees(view.region.code)]
    return own[0] if own else view.figures(*metrics)


def _rates(name: str, rows: Sequence[Row]) -> dict[str, float | None]:
    """Each region's ratio, or what adds up per 1,000 of its labour force: large regions stand beside small ones."""
    if not is_per_head(name):
        return {row["region_code"]: row[name] for row in rows}
    return {
        row["region_code"]: 1000 * float(row[name]) / float(row[SIZE]) if row[name] is not None and row[SIZE] else None
        for row in rows
    }


def is_per_head(name: str) -> bool:
    """Whether a metric is set beside the peers' per 1,000 of the labour force."""
    return METRICS[name].kind != "ratio" and name != SIZE


def _history(name: str, months: Sequence[Row], started: str | None) -> tuple[list[float | None], Trend]:
    """The last twelve months, and the trend: of what a month brings over three years, of a stock over one."""
    values = [
        None if row[name] is None or started is None or str(row["month"]) < started else float(row[name])
        for row in months
    ]
    if brings_anew(name):
        return values[-SHOWN_MONTHS:], seasonal_trend(values)
    return values[-SHOWN_MONTHS:], stock_trend(values[-SHOWN_MONTHS - 1 :])


def brings_anew(name: str) -> bool:
    """Whether each month's figure is made of that month's own events, rather than found at its end."""
    metric = METRICS[name]
    return metric.kind in ("flow", "distinct") or all(isinstance(each, Flow) for each in (*metric.of, *metric.per))


def full_months(view: View) -> Period:
    """The months of three years that have wholly passed by the end of the period."""
    last = view.period.end
    if (last + timedelta(days=1)).day != 1:
        last = last.replace(day=1) - timedelta(days=1)
    after = last + timedelta(days=1)
    return Period(date(after.year - TESTED_YEARS, after.month, 1), last)


@remembered(256)
def first_months(build: Build, metrics: tuple[str, ...], period: Period, as_of: date) -> dict[str, str | None]:
    """The first month in which the whole city has any figure: before it nothing was delivered, and 0 is no figure."""
    asked = Question(metrics, by=("month",), start=period.start, end=period.end, as_of=as_of)
    rows = answer(build, asked).rows
    return {name: next((str(row["month"]) for row in rows if row[name]), None) for name in metrics}
