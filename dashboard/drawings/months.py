"""Figures over months: in layers, as rates, as the sum of the year so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

from dashboard.components.picker import value_label
from dashboard.drawings.areas import age_color, groups_of, heading
from dashboard.figures.bars import Series, layers
from dashboard.figures.curves import against_pace, choosing, rates
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.period import Period, same_last_year, year_earlier, year_period
from dashboard.reading import against_earlier
from dashboard.semantics.catalogue import METRICS
from dashboard.text import Words
from dashboard.view import View

Look = tuple[str, str]  # a line's colour and its dashes
NO_LOOKS: Final[Mapping[str, Look]] = {}


def month_rates(view: View, metrics: Sequence[str], looks: Mapping[str, Look] = NO_LOOKS) -> Drawing:
    """Several rates over the twelve months that end with the period; `looks` may say how a line is drawn."""
    rows = view.ask(*metrics, by=("month",), period=view.twelve_months())
    if all(row[name] is None for row in rows for name in metrics):
        raise Withheld("no_rows")
    words, unit = view.words, METRICS[metrics[0]].unit
    axis = words.axis([_number(row[name]) for row in rows for name in metrics], unit)
    series = [
        Series(
            words.of(METRICS[name].label),
            [_number(row[name]) for row in rows],
            [words.value(row[name], unit) for row in rows],
            *looks.get(name, ()),
        )
        for name in metrics
    ]
    return Drawing(
        _since(view, rows, metrics),
        month_table(view, rows, metrics),
        figure=choosing(rates(_months(view, rows), series, axis), _drills(rows)),
    )


def _since(view: View, rows: Sequence[Row], metrics: Sequence[str]) -> str:
    """The first metric that has a figure: its newest one, of which month if not the last, and how it has moved."""
    words, metric = view.words, next(name for name in metrics if any(row[name] is not None for row in rows))
    known, unit = [row for row in rows if row[metric] is not None], METRICS[metric].unit
    label = words.of(METRICS[metric].label)
    if known[-1] is not rows[-1]:  # those of late cannot be judged yet
        label = words.say("{metric} in {month}", metric=label, month=words.month_of_year(str(known[-1]["month"])))
    values = {"metric": label, "value": words.value(known[-1][metric], unit)}
    change = words.change(known[-1][metric], rows[0][metric], unit)
    if not change:
        return words.say("{metric}: {value}.", **values)
    month = words.month_of_year(str(rows[0]["month"]))
    return words.say("{metric}: {value}, {change} since {month}.", change=change, month=month, **values)


def month_layers(view: View, metric: str, dimension: str) -> Drawing:
    """One standing bar a month over twelve months, in layers of `dimension`; a click on a month chooses it."""
    rows = view.ask(metric, by=("month", dimension), period=view.twelve_months())
    if not any(row[metric] for row in rows):
        raise Withheld("no_rows")
    words, unit = view.words, METRICS[metric].unit
    months = list(dict.fromkeys(str(row["month"]) for row in rows))
    groups = groups_of(rows, dimension)
    held = {(row["month"], row[dimension]): row[metric] for row in rows}
    totals = [sum(float(held.get((month, group)) or 0) for group in groups) for month in months]
    axis = words.axis(list(totals), unit)
    series = [
        Series(
            value_label(view, dimension, group),
            [_number(held.get((month, group))) for month in months],
            [words.value(held.get((month, group)), unit) for month in months],
            age_color(dimension, group),
        )
        for group in groups
    ]
    said = [dict(row) | {dimension: value_label(view, dimension, row[dimension])} for row in rows]
    columns = (
        Column("month", words.say("month")),
        Column(dimension, heading(view, dimension)),
        Column(metric, words.of(METRICS[metric].label), unit),
    )
    largest = max(groups, key=lambda group: float(held.get((months[-1], group)) or 0))
    reading = words.say(
        "{metric} in {month}: {total}; the largest part is {group} with {value}.",
        metric=words.of(METRICS[metric].label),
        month=words.month_of_year(months[-1]),
        total=words.value(totals[-1], unit),
        group=value_label(view, dimension, largest),
        value=words.value(held.get((months[-1], largest)), unit),
    )
    drills = [("period", month) for month in months]
    return Drawing(
        reading,
        Table(columns, said, ("month", "period")),
        figure=layers([words.month_tick(month) for month in months], series, axis, drills),
    )


@dataclass(frozen=True)
class Year:
    """A metric over a year: by month this year and last, and both on the last day shown (`now`, `same`)."""

    year: Period
    last_year: Period
    names: Sequence[str]
    values: Sequence[float | None]
    before: Sequence[float | None]
    now: Any
    same: Any
    is_over: bool

    @property
    def drills(self) -> list[tuple[str, str] | None]:
        """What a click on a month chooses; months of which there is nothing yet choose nothing."""
        first = self.year.start.year
        return [
            None if _at(self.values, at) is None else ("period", f"{first}-{at + 1:02d}")
            for at in range(len(self.names))
        ]

    def table(self, words: Words, unit: str) -> Table:
        """Both years, a row a month."""
        rows = [
            {"month": name, "now": _at(self.values, at), "earlier": _at(self.before, at)}
            for at, name in enumerate(self.names)
        ]
        columns = (
            Column("month", words.say("month")),
            Column("now", words.period(self.year), unit),
            Column("earlier", words.period(self.last_year), unit),
        )
        return Table(columns, rows)


def year_lines(view: View, metric: str) -> Year:
    """The metric over the year in view, up to the period's end, and over all of last year: what adds up is run up."""
    year = year_period(view.period.end.year)
    so_far, last_year = Period(year.start, view.period.end), same_last_year(year)
    rows = view.ask(metric, by=("month",), period=so_far)
    earlier = view.ask(metric, by=("month",), period=last_year, as_of=last_year.end)
    if all(row[metric] is None for row in rows):
        raise Withheld("no_rows")
    flow = METRICS[metric].kind == "flow"
    names = [view.words.month_tick(f"{year.start.year}-{month:02d}").split("<")[0] for month in range(1, 13)]
    same = view.ask(metric, period=same_last_year(so_far), as_of=year_earlier(view.as_of))[0][metric]
    now = view.ask(metric, period=so_far)[0][metric]
    values, before = _running(rows, metric, flow=flow), _running(earlier, metric, flow=flow)
    return Year(year, last_year, names, values, before, now, same, is_over=view.as_of >= year.end)


def year_curve(view: View, metric: str, whole: float | None = None) -> Drawing:
    """The year so far against last year and, where it is given, the even pace to the `whole` of the year."""
    lines, words, unit = year_lines(view, metric), view.words, METRICS[metric].unit
    pace = [whole * month / 12 for month in range(1, 13)] if whole else []
    axis = words.axis([*lines.values, *lines.before, *pace], unit)

    def line(label: str, points: Sequence[float | None]) -> Series:
        return Series(label, points, [words.value(point, unit) for point in points])

    drawn = against_pace(
        lines.names,
        line(words.period(lines.year), lines.values),
        line(words.period(lines.last_year), lines.before) if any(value is not None for value in lines.before) else None,
        line(words.say("pace to the target"), pace) if pace else None,
        axis,
    )
    figure = choosing(drawn, lines.drills)
    reading = against_earlier(view.but_compared("last_year"), metric, lines.now, lines.same)
    return Drawing(reading, with_pace(lines.table(words, unit), words.say("pace to the target"), pace), figure=figure)


def with_pace(table: Table, label: str, pace: Sequence[float | None]) -> Table:
    """The months with what is due by the end of each; as they are where there is no pace."""
    if not pace:
        return table
    rows = [dict(row) | {"pace": due} for row, due in zip(table.rows, pace, strict=True)]
    return Table((*table.columns, Column("pace", label, table.columns[1].unit)), rows, table.drill)


def month_table(view: View, rows: Sequence[Row], metrics: Sequence[str]) -> Table:
    """Months down, metrics across."""
    words = view.words
    columns = [
        Column("month", words.say("month")),
        *(Column(name, words.of(METRICS[name].label), METRICS[name].unit) for name in metrics),
    ]
    return Table(tuple(columns), rows, ("month", "period"))


def _drills(rows: Sequence[Row]) -> list[tuple[str, str] | None]:
    return [("period", str(row["month"])) for row in rows]


def _months(view: View, rows: Sequence[Row]) -> list[str]:
    return [view.words.month_tick(str(row["month"])) for row in rows]


def _running(rows: Sequence[Row], metric: str, *, flow: bool) -> list[float | None]:
    values = [_number(row[metric]) for row in rows]
    return list(accumulate(value or 0.0 for value in values)) if flow else values


def _at(values: Sequence[float | None], position: int) -> float | None:
    return values[position] if position < len(values) else None


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
