"""Vintages: of what was lent in one quarter, how much was ever late, month on book by month on book."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from dashboard.components.picker import breakdown_label
from dashboard.drawings.ranked import sentences
from dashboard.figures.cohorts import Cohort, cohort_curves
from dashboard.language import message
from dashboard.panel import Choice, Column, Drawing, Row, Table, Withheld
from dashboard.period import Period, quarter_of
from dashboard.semantics.catalogue import METRICS
from dashboard.view import View

QUARTERS: Final = 12
COMPARED_AT: Final = 9  # months on book: early enough to act on, late enough to tell
FEW: Final = 20  # loans below which a cohort's share says little (methods.md, b.6)
BEFORE: Final = 4  # cohorts that the newest is set against
METRIC_NAMES: Final = {
    "vintage_30": message("ever more than 30 days late"),
    "vintage_90": message("ever more than 90 days late"),
}
Curves = Mapping[str, Mapping[int, float]]


def vintages(view: View) -> Drawing:
    """A curve a cohort, the newest in front; a click on one chooses its loans."""
    metric = view.selection.indicator if view.selection.indicator in METRIC_NAMES else "vintage_30"
    rows = without_cohort(view).ask(metric, by=("cohort", "month_on_book"), period=cohort_period(view))
    curves = _curves(rows, metric)
    if not curves:
        raise Withheld("no_rows", view.words.say("A cohort's first point comes once its first month on book is over."))
    words, few = view.words, _few(view, curves)
    axis = words.axis([value for curve in curves.values() for value in curve.values()], "%")
    drawn = [
        Cohort(
            cohort,
            [curve.get(month) for month in range(max(curve) + 1)],
            [words.value(curve.get(month), "%") for month in range(max(curve) + 1)],
            ("cohort", cohort),
            cohort in few,
        )
        for cohort, curve in curves.items()
    ]
    columns = (
        Column("cohort", breakdown_label(view, "cohort")),
        Column("month_on_book", breakdown_label(view, "month_on_book"), "rank"),
        Column("late", words.of(METRICS[metric].label), "%"),
    )
    held = [{**row, "late": row[metric]} for row in rows if row[metric] is not None]
    return Drawing(
        sentences(view, _reading(view, metric, curves), _few_said(view, few)),
        Table(columns, held, ("cohort", "cohort")),
        figure=cohort_curves(drawn, axis, words.say("months on book"), chosen_cohort(view)),
        height=340,
        metrics=(metric,),
        choices=_choices(view, metric),
    )


def _few(view: View, curves: Curves) -> set[str]:
    """The cohorts of too few loans to be read by themselves."""
    rows = without_cohort(view).ask("loans_disbursed", by=("quarter",), period=cohort_period(view))
    return {str(row["quarter"]) for row in rows if int(row["loans_disbursed"] or 0) < FEW} & set(curves)


def _few_said(view: View, few: set[str]) -> str:
    if not few:
        return ""
    return view.words.say("Dotted: quarters of fewer than {number} loans.", number=view.words.number(FEW))


def chosen_cohort(view: View) -> str | None:
    """The cohort that the reader filters by."""
    return dict(view.selection.where).get("cohort")


def without_cohort(view: View) -> View:
    """The same view of all cohorts: the one chosen is shown among the others."""
    kept = tuple(pair for pair in view.selection.where if pair[0] != "cohort")
    return replace(view, selection=view.selection.but(where=kept))


def cohort_period(view: View) -> Period:
    """The quarters of lending that are shown: those up to the period's end."""
    end = view.period.end
    quarters = 4 * end.year + quarter_of(end) - QUARTERS  # of the first one, counted from the year 0
    return Period(date(quarters // 4, 3 * (quarters % 4) + 1, 1), end)


def _curves(rows: Sequence[Row], metric: str) -> dict[str, dict[int, float]]:
    curves: dict[str, dict[int, float]] = {}
    for row in rows:
        if row[metric] is not None:
            curves.setdefault(str(row["cohort"]), {})[int(row["month_on_book"])] = float(row[metric])
    return dict(sorted(curves.items()))


def _choices(view: View, metric: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(view.words.say(label), view.drill("indicator", name), chosen=name == metric)
        for name, label in METRIC_NAMES.items()
    )


def _reading(view: View, metric: str, curves: Curves) -> str:
    """The cohort chosen as it is now, else the newest of the age compared, beside those before it at the same age."""
    words = view.words
    ages = sorted(max(curve) for curve in curves.values())
    chosen = chosen_cohort(view) if chosen_cohort(view) in curves else None
    month = max(curves[chosen]) if chosen else min(COMPARED_AT, ages[-2:][0])
    grown = [(cohort, curve[month]) for cohort, curve in curves.items() if month in curve]
    told = next((at for at, (cohort, _) in enumerate(grown) if cohort == chosen), len(grown) - 1)
    cohort, value = grown[told]
    said = words.say(
        "{month} months on, {value} of what was lent in {cohort} was {late}",
        month=words.number(month),
        value=words.value(value, "%"),
        cohort=cohort,
        late=words.say(METRIC_NAMES[metric]),
    )
    before = grown[max(0, told - BEFORE) : told]
    if not before:
        return words.say("{said}.", said=said)
    worst = max(grown, key=lambda pair: pair[1])
    return words.say(
        "{said}; of the {number} quarters before {low} to {high}. Worst at that age: {cohort} with {most}.",
        said=said,
        number=words.number(len(before)),
        low=words.value(min(share for _, share in before), "%"),
        high=words.value(max(share for _, share in before), "%"),
        cohort=worst[0],
        most=words.value(worst[1], "%"),
    )
