"""The two sums of a ratio drawn beside each other: what was due and what was collected."""

from collections.abc import Sequence
from typing import Any

from dashboard.figures.bars import Series, grouped
from dashboard.figures.theme import ACCENT, EARLIER
from dashboard.language import message
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.parts import sums_by_month
from dashboard.semantics.catalogue import METRICS
from dashboard.view import View


def due_and_collected(view: View) -> Drawing:
    """Principal that fell due by month, what of it has come in by the day in view, and the share."""
    sums = sums_by_month(view, "collection_rate")
    rows: list[Row] = [
        {
            "month": f"{month:%Y-%m}",
            "due": due,
            "collected": collected,
            "share": 100 * collected / due if due else None,
        }
        for month, (collected, due) in sums.items()
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
        month=words.month_of_year(weakest["month"]),
        least=words.value(weakest["share"], "%"),
    )
    columns = (
        Column("month", words.say("month")),
        Column("due", words.say("due"), "yuan"),
        Column("collected", words.say("collected"), "yuan"),
        Column("share", words.of(METRICS["collection_rate"].label), "%"),
    )
    names = [words.month_tick(row["month"]) for row in rows]
    drills = [("period", row["month"]) for row in rows]
    return Drawing(
        reading,
        Table(columns, rows, ("month", "period")),
        figure=_pair(view, names, rows, ("due", "collected"), drills),
    )


PAIR = {"due": message("due"), "collected": message("collected")}


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
