"""The two sums of a ratio drawn beside each other: what was due and collected, what was allowed and paid."""

from collections.abc import Sequence
from typing import Any

from dashboard.components.picker import value_label
from dashboard.drawings.areas import heading, split_by, written
from dashboard.figures.bars import Series, grouped
from dashboard.figures.theme import ACCENT, EARLIER
from dashboard.language import message
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.semantics.asking import Asking
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.metric import added
from dashboard.semantics.question import Question
from dashboard.semantics.scope import EVERYTHING
from dashboard.view import View


def both_sums(view: View, metric: str, question: Question) -> dict[Any, tuple[float, float]]:
    """Numerator and denominator of a ratio by the question's groups; only for ratios made of sums."""
    asking, shown = Asking(view.build, question, EVERYTHING), METRICS[metric]
    above = added(asking.amounts(measure) for measure in shown.of)
    below = added(asking.amounts(measure) for measure in shown.per)
    return {
        key: (float(above.get(key, 0)), float(amount))
        for key, amount in sorted(below.items(), key=lambda pair: str(pair[0]))
    }


def due_and_collected(view: View) -> Drawing:
    """Principal that fell due by month, what of it has come in by the day in view, and the share."""
    period = view.twelve_months()
    question = Question(
        ("collection_rate",),
        ("month",),
        view.region.code,
        period.start,
        period.end,
        view.as_of,
        view.filters(("collection_rate",)),
    )
    sums = both_sums(view, "collection_rate", question)
    rows: list[Row] = [
        {
            "month": f"{key[0]:%Y-%m}",
            "due": due,
            "collected": collected,
            "share": 100 * collected / due if due else None,
        }
        for key, (collected, due) in sums.items()
    ]
    if not any(row["due"] for row in rows):
        raise Withheld("no_rows")
    words = view.words
    due_all, collected_all = sum(row["due"] for row in rows), sum(row["collected"] for row in rows)
    weakest = min((row for row in rows if row["share"] is not None), key=lambda row: float(row["share"]))
    reading = words.say(
        "Of {due} due in twelve months {collected} has come in ({share}); weakest is {month} with {least}.",
        due=words.value(due_all, "yuan"),
        collected=words.value(collected_all, "yuan"),
        share=words.value(100 * collected_all / due_all, "%"),
        month=words.month(weakest["month"]),
        least=words.value(weakest["share"], "%"),
    )
    columns = (
        Column("month", words.say("month")), Column("due", words.say("due"), "yuan"),
        Column("collected", words.say("collected"), "yuan"), Column("share", words.of(METRICS["collection_rate"].label), "%"),
    )  # fmt: skip
    names = [words.month(row["month"]) for row in rows]
    drills = [("period", row["month"]) for row in rows]
    return Drawing(
        reading,
        Table(columns, rows, ("month", "period")),
        figure=_pair(view, names, rows, ("due", "collected"), drills),
    )


PAIR = {"due": message("due"), "collected": message("collected"), "budget": message("budget"), "paid": message("paid")}


def _pair(
    view: View,
    names: Sequence[str],
    rows: Sequence[Row],
    pair: tuple[str, str],
    drills: Sequence[tuple[str, str] | None],
) -> dict[str, Any]:
    words = view.words
    axis = words.axis([row[pair[0]] for row in rows], "yuan")
    series = [
        Series(
            words.say(PAIR[name]), [row[name] for row in rows], [words.value(row[name], "yuan") for row in rows], color
        )
        for name, color in zip(pair, (EARLIER, ACCENT), strict=True)
    ]
    return grouped(names, series, axis, drills)


def budget_and_paid(view: View) -> Drawing:
    """The year's budget and what of it was paid, by kind or source, or by district for the whole city."""
    by = _budget_split(view)
    rows = [dict(row) for row in view.ask("subsidy_budget", "budget_execution", by=(by,)) if row["subsidy_budget"]]
    if not rows:
        raise Withheld("no_rows")
    words = view.words
    for row in rows:
        row["label"] = row.get("region_name") or value_label(view, by, row.get(by))
        row["budget"] = float(row["subsidy_budget"])
        row["paid"] = row["budget"] * float(row["budget_execution"] or 0) / 100
        row["drill"] = row.get("region_code") or written(row.get(by))
    total, paid = sum(row["budget"] for row in rows), sum(row["paid"] for row in rows)
    slowest = min(rows, key=lambda row: float(row["budget_execution"] or 0))
    reading = words.say(
        "{paid} of {budget} is paid ({share}); slowest is {name} with {least}.",
        paid=words.value(paid, "yuan"),
        budget=words.value(total, "yuan"),
        share=words.value(100 * paid / total, "%"),
        name=slowest["label"],
        least=words.value(slowest["budget_execution"], "%"),
    )
    columns = (
        Column("label", heading(view, by)), Column("budget", words.say("budget"), "yuan"), Column("paid", words.say("paid"), "yuan"),
        Column("budget_execution", words.of(METRICS["budget_execution"].label), "%"),
    )  # fmt: skip
    dimension = "region" if by == view.level else by
    drills = [(dimension, row["drill"]) for row in rows]
    figure = _pair(view, [row["label"] for row in rows], rows, ("budget", "paid"), drills)
    return Drawing(reading, Table(columns, rows, ("drill", dimension)), figure=figure)


def _budget_split(view: View) -> str:
    by = split_by(view, "subsidy_budget", "budget_execution")
    if by != view.level:
        return by
    return "district" if view.region.level == "city" and view.selection.by == "region" else "kind"
