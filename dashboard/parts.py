"""What figures are made of, in the view at hand: the two sums of a ratio, measures that are no metrics."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.period import Period
from dashboard.regions import Region
from dashboard.semantics.asking import Asking
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.metric import Key, Value, added
from dashboard.semantics.question import Question
from dashboard.semantics.summing import Measure
from dashboard.view import View

Amounts = Mapping[Key, Value]


def ratio_sums(view: View, metric: str) -> tuple[float, float] | None:
    """Numerator and denominator; None for what is no plain ratio of two sums, or has no denominator here."""
    shown = METRICS[metric]
    if not shown.per or shown.custom is not None or shown.required:
        return None
    above, below = _both(view, metric, (), view.period)
    return (float(sum(above.values())), float(sum(below.values()))) if below else None


def sums_by_month(view: View, metric: str) -> dict[date, tuple[float, float]]:
    """Numerator and denominator by the first days of the twelve months that end with the period."""
    above, below = _both(view, metric, ("month",), view.twelve_months())
    months: list[Any] = sorted(key[0] for key in below)
    return {month: (float(above.get((month, None), 0)), float(below[month, None])) for month in months}


def amounts_of(
    view: View,
    base: str,
    measure: Measure,
    *,
    by: Sequence[str] = (),
    extra: tuple[str, ...] = (),
    region: Region | None = None,
    period: Period | None = None,
) -> dict[Key, Value]:
    """A measure that is no metric, by group and then by `extra`, as `base` would be asked: by its filters and rights.

    Keys: the period's first day, the region's code, then the dimensions; None for what is not asked for.
    """
    period = period or view.period
    region = region or view.region
    question = Question((base,), tuple(by), region.code, period.start, period.end, view.as_of, view.filters((base,)))
    asking, places = Asking(view.build, question), view.build.regions.by_id
    if asking.is_unseen:
        return {}
    return {
        (key[0], None if key[1] is None else places[key[1]].code, *key[2:]): amount
        for key, amount in asking.amounts(measure, extra).items()
        if asking.shape.level is None or asking.owns(key[1])
    }


def _both(view: View, metric: str, by: tuple[str, ...], period: Period) -> tuple[Amounts, Amounts]:
    where = view.filters((metric,))
    question = Question((metric,), by, view.region.code, period.start, period.end, view.as_of, where)
    asking, shown = Asking(view.build, question), METRICS[metric]
    return added(asking.amounts(measure) for measure in shown.of), added(
        asking.amounts(measure) for measure in shown.per
    )
