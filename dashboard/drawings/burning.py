"""What is left of the year's budget, month by month, against an even use of it and against last year."""

from collections.abc import Sequence
from datetime import date

from dashboard.drawings.execution import budget_day
from dashboard.drawings.months import year_curve
from dashboard.figures.bars import Series
from dashboard.figures.budget import burn_down
from dashboard.panel import Column, Drawing, Table, Withheld
from dashboard.period import Period, same_last_year, year_period
from dashboard.semantics.metric import PERCENT
from dashboard.semantics.pace import elapsed_by
from dashboard.view import View


def burning(view: View) -> Drawing:
    """The year's budget less what is paid under it, month by month; where there is no budget, the payments run up."""
    if any(dimension == "budget_year" for dimension, _ in view.selection.where):
        raise Withheld("no_rows", view.words.say("One budget year alone is chosen: it has no months to be followed."))
    year = year_period(view.period.end.year)
    budget = view.figures("subsidy_budget")["subsidy_budget"]
    if not budget:
        return year_curve(view, "subsidy_spend")
    words, whole = view.words, float(budget)
    left = _left(view, Period(year.start, view.period.end), view.as_of)
    last_year = same_last_year(year)
    before = _left(view, last_year, last_year.end)
    months = [f"{year.start.year}-{month:02d}" for month in range(1, 13)]
    names = [words.say("1 January"), *(words.month_tick(month).split("<")[0] for month in months)]
    pace = [whole * (12 - month) / 12 for month in range(13)]
    drills = [None, *(("period", month) if at < len(left) else None for at, month in enumerate(months, 1))]

    def line(label: str, points: Sequence[float | None]) -> Series:
        return Series(label, points, [words.value(point, "yuan") for point in points])

    axis = words.axis([*left, *before, *pace], "yuan")
    figure = burn_down(
        names,
        line(words.period(year), left),
        line(words.say("an even use of the budget"), pace),
        line(words.period(last_year), before) if len(before) > 1 else None,
        axis,
    )
    for trace in figure["data"]:
        trace["customdata"] = [list(drill) if drill else None for drill in drills]
    rows = [
        {"month": name, "budget_left": _at(left, at), "pace": pace[at], "left_earlier": _at(before, at)}
        for at, name in enumerate(names)
    ]
    columns = (
        Column("month", words.say("month")),
        Column("budget_left", words.say("budget left"), "yuan"),
        Column("pace", words.say("an even use of the budget"), "yuan"),
        Column("left_earlier", words.say("budget left, last year"), "yuan"),
    )
    return Drawing(_burn_reading(view, whole, left[-1]), Table(columns, rows), figure=figure)


def _left(view: View, period: Period, as_of: date) -> list[float]:
    """What is left on 1 January and at each month's end of the period; nothing where the year has no budget."""
    rows = view.ask("subsidy_budget", "budget_execution", by=("month",), period=period, as_of=as_of)
    known = [row for row in rows if row["subsidy_budget"]]
    if not known:
        return []
    left = [float(row["subsidy_budget"]) * (1 - float(row["budget_execution"] or 0) / 100) for row in known]
    return [float(known[0]["subsidy_budget"]), *left]


def _burn_reading(view: View, whole: float, left: float) -> str:
    words, elapsed = view.words, elapsed_by(budget_day(view), None)
    rest = whole - (whole - left) * 100 / elapsed
    values = {
        "left": words.value(left, "yuan"),
        "budget": words.value(whole, "yuan"),
        "due": words.value(whole * (1 - elapsed / 100), "yuan"),
        "rest": words.value(abs(rest), "yuan"),
    }
    if elapsed >= PERCENT:
        said = {name: values[name] for name in ("left", "budget")}
        return words.say("{left} of {budget} was left at the end of the year.", **said)
    if rest >= 0:
        return words.say(
            "{left} of {budget} is left, an even use would leave {due}; at the present rate {rest} stays at year-end.",
            **values,
        )
    return words.say(
        "{left} of {budget} is left, an even use would leave {due}; at the present rate {rest} is missing at year-end.",
        **values,
    )


def _at(values: Sequence[float], position: int) -> float | None:
    return values[position] if position < len(values) else None
