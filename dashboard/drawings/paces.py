"""What each week left must bring, beside what weeks have brought lately."""

from dataclasses import dataclass
from datetime import date

from dash import html

from dashboard.drawings.bullets import labelled_cell
from dashboard.drawings.goals import chosen_indicator, issued_targets, judged_day, titled, weekly_said
from dashboard.panel import Column, Drawing, Table, Withheld
from dashboard.period import Period
from dashboard.semantics.calendar import month_after
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.targets import Target, adds_up
from dashboard.view import View

WEEK = 7


@dataclass(frozen=True)
class Pace:
    """A target's needed pace and the paces so far, each per week; `times`: needed ÷ that of the last three months."""

    target: Target
    needed: float
    lately: float | None
    months: float | None

    @property
    def times(self) -> float | None:
        """How many times as fast as in the last three months it must go."""
        return self.needed / self.months if self.months else None


def paces(view: View) -> Drawing:
    """A row a target that is still open: needed a week, the last 8 weeks and the last 3 months, how much faster."""
    rows = _paces(view)
    words = view.words
    if not rows:
        raise Withheld("no_rows", words.say("No target that adds up over the year is open here."))
    heads = (
        (words.say("indicator"), ""), (words.say("needed a week"), "number"),
        (words.say("last 3 months, a week"), "number"), (words.say("last 8 weeks, a week"), "number"),
        (words.say("must go"), ""),
    )  # fmt: skip
    head = html.Tr([html.Th(label, scope="col", className=name) for label, name in heads])
    body = [_row(view, row) for row in rows]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="figure-table stacked paces")
    return Drawing(
        _reading(view, next((row for row in rows if row.target.indicator == chosen_indicator(view)), rows[0])),
        _table(view, rows),
        body=html.Div(table, className="table-room", tabIndex=0),
        height=70 + 38 * len(rows),
        metrics=tuple(dict.fromkeys(row.target.indicator for row in rows)),
    )


def _paces(view: View) -> list[Pace]:
    day = judged_day(view)
    found = []
    start = max(month_after(day.replace(day=1), -2), date(day.year, 1, 1))
    weeks = ((day - start).days + 1) / WEEK
    for target in issued_targets(view):
        if not adds_up(METRICS[target.indicator]) or target.needed_per_week is None or target.needed_per_week <= 0:
            continue
        [row] = view.ask(target.indicator, period=Period(start, day))
        months = None if row[target.indicator] is None else float(row[target.indicator]) / weeks
        found.append(Pace(target, target.needed_per_week, target.weekly_pace, months))
    return found


def _row(view: View, row: Pace) -> html.Tr:
    words, unit = view.words, METRICS[row.target.indicator].unit
    return html.Tr(
        [
            html.Th(titled(view, row.target), scope="row"),
            labelled_cell(words.say("needed a week"), weekly_said(view, row.needed, unit), "number figure"),
            labelled_cell(words.say("last 3 months, a week"), weekly_said(view, row.months, unit), "number"),
            labelled_cell(words.say("last 8 weeks, a week"), weekly_said(view, row.lately, unit), "number"),
            labelled_cell(words.say("must go"), html.Span(_faster(view, row), className="times")),
        ]
    )


def _faster(view: View, row: Pace) -> str:
    words = view.words
    if row.times is None:
        return words.say("from a standstill")
    if row.times <= 1:
        return words.say("no faster than now")
    return words.say("{number}× as fast", number=words.number(row.times, 2))


def _reading(view: View, row: Pace) -> str:
    """`To reach 8,135 磁湖市 needs 171.2 persons a week until 31 December; the last three months brought 152.`"""
    words, metric = view.words, METRICS[row.target.indicator]
    values = {
        "indicator": titled(view, row.target),
        "region": view.region.name,
        "value": words.with_unit(row.target.value, metric.unit),
        "needed": _with_unit(view, row.needed, metric.unit),
        "end": words.day(date(row.target.target_year, 12, 31)),
    }
    if row.months is None:
        return words.say("{indicator}: {region} needs {needed} a week until {end} to reach {value}.", **values)
    return words.say(
        "{indicator}: {region} needs {needed} a week until {end} to reach {value}; "
        "the last three months brought {months} a week.",
        months=_with_unit(view, row.months, metric.unit),
        **values,
    )


def _with_unit(view: View, value: float, unit: str) -> str:
    said = weekly_said(view, value, unit)
    return said if unit == "yuan" else f"{said} {view.words.counted(said, unit)}"


def _table(view: View, rows: list[Pace]) -> Table:
    words = view.words
    columns = (
        Column("indicator", words.say("indicator")),
        Column("unit", words.say("unit")),
        Column("missing", words.say("still missing"), "score"),
        Column("needed", words.say("needed a week"), "score"),
        Column("months", words.say("last 3 months, a week"), "score"),
        Column("lately", words.say("last 8 weeks, a week"), "score"),
        Column("times", words.say("times as fast"), "score"),
    )
    return Table(
        columns,
        [
            {
                "indicator": titled(view, row.target),
                "unit": words.unit(METRICS[row.target.indicator].unit),
                "missing": row.target.value - (row.target.actual or 0.0),
                "needed": row.needed,
                "months": row.months,
                "lately": row.lately,
                "times": row.times,
            }
            for row in rows
        ],
    )
