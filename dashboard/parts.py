"""What a ratio is made of: its two sums in the view at hand."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from dashboard.period import Period
from dashboard.semantics.asking import Asking
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.metric import Key, Value, added
from dashboard.semantics.question import Question
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


def _both(view: View, metric: str, by: tuple[str, ...], period: Period) -> tuple[Amounts, Amounts]:
    where = view.filters((metric,))
    question = Question((metric,), by, view.region.code, period.start, period.end, view.as_of, where)
    asking, shown = Asking(view.build, question), METRICS[metric]
    return added(asking.amounts(measure) for measure in shown.of), added(
        asking.amounts(measure) for measure in shown.per
    )
