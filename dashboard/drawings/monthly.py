"""Several figures month by month: two that are counted alike as bars beside each other, any as a table."""

from collections.abc import Sequence

from dashboard.components.figure_table import figure_table
from dashboard.drawings.months import month_table
from dashboard.figures.bars import Series, grouped
from dashboard.figures.theme import ACCENT, EARLIER
from dashboard.panel import Drawing, Row, Withheld
from dashboard.semantics.catalogue import METRICS
from dashboard.view import View


def month_pair(view: View, first: str, second: str) -> Drawing:
    """Two flows of one unit over the twelve months that end with the period, a pair of bars a month."""
    metrics = (first, second)
    rows = view.ask(*metrics, by=("month",), period=view.twelve_months())
    if not any(row[name] for row in rows for name in metrics):
        raise Withheld("no_rows")
    words, unit = view.words, METRICS[first].unit
    axis = words.axis([float(row[name] or 0) for row in rows for name in metrics], unit)
    series = [
        Series(
            words.of(METRICS[name].label),
            [float(row[name] or 0) for row in rows],
            [words.value(row[name], unit) for row in rows],
            color,
        )
        for name, color in zip(metrics, (EARLIER, ACCENT), strict=True)
    ]
    reading = words.say(
        "In twelve months: {first} {one}, {second} {two}.",
        first=words.of(METRICS[first].label),
        one=words.with_unit(sum(row[first] or 0 for row in rows), unit),
        second=words.of(METRICS[second].label),
        two=words.with_unit(sum(row[second] or 0 for row in rows), unit),
    )
    names = [words.month_tick(str(row["month"])) for row in rows]
    figure = grouped(names, series, axis, [("period", str(row["month"])) for row in rows])
    return Drawing(reading, month_table(view, rows, metrics), figure=figure)


def month_figures(view: View, metrics: Sequence[str]) -> Drawing:
    """Months down, the newest on top, figures across, for what no one axis can hold."""
    rows = view.ask(*metrics, by=("month",), period=view.twelve_months())
    if not any(row[name] for row in rows for name in metrics):
        raise Withheld("no_rows")
    words = view.words
    newest = next(row for row in reversed(rows) if any(row[name] for name in metrics))
    said = [f"{words.of(METRICS[name].label)} {words.with_unit(newest[name], METRICS[name].unit)}" for name in metrics]
    reading = words.say(
        "{month}: {figures}.", month=words.month_of_year(str(newest["month"])), figures=words.listed(said)
    )
    listed: list[Row] = [
        dict(row)
        | {
            "label": words.month_of_year(str(row["month"])),
            "drill": ("period", str(row["month"])),
            "earlier": {},
        }
        for row in reversed(rows)
    ]
    body = figure_table(view, words.say("month"), listed, metrics)
    return Drawing(reading, month_table(view, rows, metrics), body=body, height=44 + 34 * len(rows))
