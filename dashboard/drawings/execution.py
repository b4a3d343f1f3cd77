"""The year's budget against what is paid under it and the days gone by, and what has no budget behind it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from dashboard.components.picker import breakdown_label, value_label
from dashboard.drawings.areas import heading, split_by, written
from dashboard.figures.budget import Line, budget_lines
from dashboard.panel import Choice, Column, Drawing, Row, Table, Withheld
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.dimension import TOP
from dashboard.semantics.pace import elapsed_by
from dashboard.view import View

SPLITS: Final = ("kind", "funding_source", "region")
BUDGETED: Final = (TOP, "city")  # whose budget is that of all parts, and their own beside
ROW: Final = 34


def budget_and_paid(view: View) -> Drawing:
    """Budget, paid and the pace of the days by kind, source or district, and what has no budget behind it."""
    by = _split(view)
    rows = _executed(view, by)
    words, elapsed = view.words, elapsed_by(budget_day(view), None)
    lines = [_line(view, row, elapsed) for row in rows]
    axis = words.axis([max(line.allowed, line.paid + line.without) for line in lines], "yuan")
    names = (words.say("budget"), words.say("paid"), _without(view), words.say("days gone by"))
    columns = (
        Column("label", heading(view, by)),
        Column("budget", words.say("budget"), "yuan"),
        Column("paid", words.say("paid"), "yuan"),
        Column("budget_execution", words.of(METRICS["budget_execution"].label), "%"),
        Column("pace", words.say("days gone by"), "%"),
        Column("subsidy_unbudgeted", _without(view), "yuan"),
    )
    dimension = "region" if by == view.level else by
    return Drawing(
        _execution_reading(view, rows, elapsed),
        Table(columns, [dict(row) | {"pace": elapsed} for row in rows], ("drill", dimension)),
        figure=budget_lines(lines, axis, names),
        height=max(220, 80 + ROW * len(lines)),
        choices=_splits(view, by),
    )


def _split(view: View) -> str:
    if view.selection.by == "region" and view.region.level in BUDGETED:
        return view.level
    by = split_by(view, "subsidy_budget", "budget_execution")
    return "kind" if by == view.level else by


def _splits(view: View, by: str) -> tuple[Choice, ...]:
    offered = SPLITS if view.region.level in BUDGETED else SPLITS[:2]
    shown = "region" if by == view.level else by
    return tuple(Choice(breakdown_label(view, name), view.drill("by", name), chosen=name == shown) for name in offered)


def _executed(view: View, by: str) -> list[dict[str, Any]]:
    """A row a group that has a budget or was paid without one; of districts, the city's own money stands last."""
    names = ("subsidy_budget", "budget_execution", "subsidy_unbudgeted")
    rows = [_counted(view, row, by) for row in view.ask(*names, by=(by,))]
    if by == "district":
        # A district's payments beyond its own budget are mostly the city's money: no finding, so not told as one.
        rows = [row | {"subsidy_unbudgeted": None, "without": 0.0} for row in rows]
        whole = _counted(view, view.figures(*names), by)
        rest = {name: (whole[name] or 0) - sum(row[name] or 0 for row in rows) for name in ("budget", "paid")}
        share = 100 * rest["paid"] / rest["budget"] if rest["budget"] else None
        own = {"label": view.words.say("the city's own"), "drill": None, "budget_execution": share}
        rows.append(whole | rest | own)
    rows = [row for row in rows if row["budget"] or row["without"]]
    if not any(row["budget"] for row in rows):
        raise Withheld("no_rows")
    return rows


def _counted(view: View, row: Row, by: str) -> dict[str, Any]:
    # Asked together, a group of one figure is nought in the others: paid without a budget, it has none.
    has_none = row["subsidy_budget"] is None or (row["subsidy_unbudgeted"] and not row["subsidy_budget"])
    budget = None if has_none else float(row["subsidy_budget"])
    return dict(row) | {
        "label": row.get("region_name") or value_label(view, by, row.get(by)),
        "drill": row.get("region_code") or (written(row[by]) if by in row else None),
        "budget": budget,
        "paid": None if budget is None else budget * float(row["budget_execution"] or 0) / 100,
        "without": float(row["subsidy_unbudgeted"] or 0),
        "subsidy_unbudgeted": row["subsidy_unbudgeted"] or None,
    }


def _line(view: View, row: Row, elapsed: float) -> Line:
    words = view.words
    said = []
    if row["budget"]:
        values = {"paid": words.value(row["paid"], "yuan"), "budget": words.value(row["budget"], "yuan")}
        share = words.value(row["budget_execution"], "%")
        said.append(words.say("{paid} of {budget} paid ({share})", share=share, **values))
    if row["without"]:
        said.append(f"{_without(view)} {words.value(row['without'], 'yuan')}")
    drill = None if row["drill"] is None else ("region" if "region_code" in row else _split(view), row["drill"])
    budget, paid = row["budget"] or 0.0, row["paid"] or 0.0
    return Line(row["label"], budget, paid, row["without"], budget * elapsed / 100, " · ".join(said), drill)


def _without(view: View) -> str:
    """Below the city, money of the city's budget is paid too: it is not under the region's own."""
    if view.region.level in BUDGETED:
        return view.words.of(METRICS["subsidy_unbudgeted"].label)
    return view.words.say("Not under its own budget")


def _execution_reading(view: View, rows: Sequence[Row], elapsed: float) -> str:
    words = view.words
    budgeted = [row for row in rows if row["budget"]]
    total, paid = (sum(row[name] for row in budgeted) for name in ("budget", "paid"))
    slowest = min(budgeted, key=lambda row: float(row["budget_execution"] or 0))
    said = words.say(
        "{paid} of {budget} is paid ({share}) where {elapsed} of the year has gone by; slowest is {name} with {least}.",
        paid=words.value(paid, "yuan"),
        budget=words.value(total, "yuan"),
        share=words.value(100 * paid / total, "%"),
        elapsed=words.value(elapsed, "%"),
        name=slowest["label"],
        least=words.value(slowest["budget_execution"], "%"),
    )
    without = sum(row["without"] for row in rows)
    if not without:
        return said
    more = words.say("{label}: {amount}.", label=_without(view), amount=words.value(without, "yuan"))
    return said + more if words.chinese else f"{said} {more}"


def budget_day(view: View) -> date:
    """The last day of the figures, within its year."""
    if view.period.end.year > view.as_of.year:
        raise Withheld("no_rows")
    return min(view.period.end, view.as_of)
