"""A region's figures, each beside its siblings', the period compared and its own months: value, place, tested trend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from dashboard.panel import Row
from dashboard.peers import Standing, standing
from dashboard.period import Period
from dashboard.regions import STEPS
from dashboard.remembered import remembered
from dashboard.semantics.answer import answered, at_once
from dashboard.semantics.asking import Asking
from dashboard.semantics.begun import first_months
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.measure import Flow
from dashboard.semantics.question import Question
from dashboard.trend import Trend, seasonal_trend, stock_trend
from dashboard.view import KEPT_ANSWERS, View
from dashboard.warehouse import Build

SHOWN_MONTHS: Final = 12
TESTED_YEARS: Final = 3
SIZE: Final = "labour_force"
NEVER: Final = "9999-12"  # later than any month


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
    # By what the reader sees: what stands above parts of a city bears the city's code.
    return STEPS.index(view.region.level) <= STEPS.index(METRICS[name].exists_from)


def lines_of(view: View, metrics: tuple[str, ...], page: tuple[str, ...] = ()) -> list[Line]:
    """The figures of the region in view among its siblings, and month by month; asked for with those of the `page`.

    A filter holds where all figures that are asked for together know it, so with one each sheet asks for its own.
    """
    if not metrics:
        return []
    asked = metrics if view.selection.where else tuple(name for name in page if is_kept(view, name)) or metrics
    region, above = view.region, view.tree.above(view.region)
    among = view.among_all().question(*asked, *_size(asked), by=(region.level,), region=above) if above else None
    span, earlier = full_months(view), view.earlier()
    months = view.question(*asked, by=("month",), period=span)
    beside, before, by_month = _answers(
        view.build, among, None if earlier is None else view.question(*asked, **earlier), months
    )
    own = _own(view, asked, beside)
    compared: Row = next(iter(before if earlier else replace(view, keeps=True).compared(*asked)), {})
    # The same of every region, so that the first page of a build answers for all that follow.
    begun = first_months(view.build.whole, page or metrics)
    return [
        Line(
            name,
            own[name],
            compared.get(name),
            standing(_rates(name, beside), region.code, METRICS[name].direction),
            *_history(name, by_month, begun),
        )
        for name in metrics
    ]


@remembered(KEPT_ANSWERS)
def _answers(
    build: Build, among: Question | None, earlier: Question | None, months: Question
) -> tuple[Sequence[Row], Sequence[Row], Sequence[Row]]:
    """The rows of what is asked of the siblings, of the period compared and of the months; none of what is not asked.

    The siblings are shown as ranges, which name nobody: they are asked of the whole build.
    """
    asked = (build.whole, among), (build, earlier), (build, months)
    with at_once(*((of, question) for of, question in asked if question is not None)):
        beside, before, by_month = (
            [] if question is None else answered(Asking(of, question)).rows for of, question in asked
        )
    return beside, before, by_month


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


def _history(name: str, months: Sequence[Row], begun: Mapping[str, date | None]) -> tuple[list[float | None], Trend]:
    """The last twelve months, and the trend: of what a month brings over three years, of a stock over one."""
    first = _first(name, months, begun)
    values = [None if row[name] is None or str(row["month"]) < first else float(row[name]) for row in months]
    if brings_anew(name):
        return values[-SHOWN_MONTHS:], seasonal_trend(values)
    return values[-SHOWN_MONTHS:], stock_trend(values[-SHOWN_MONTHS - 1 :])


def _first(name: str, months: Sequence[Row], begun: Mapping[str, date | None]) -> str:
    """The month before which 0 is no figure; of what has no days, the first with a figure here."""
    if name not in begun:
        return next((str(row["month"]) for row in months if row[name]), NEVER)
    month = begun[name]
    return NEVER if month is None else f"{month:%Y-%m}"


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
