"""Entitlements that end: by month ahead and kind, what the running ones still need of the budget, and one by one."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from dash import html

from dashboard.components.picker import value_label
from dashboard.drawings.areas import groups_of
from dashboard.drawings.numbered import listing, nothing_left, place_of, since_this_build
from dashboard.entitlements import AHEAD, Entitlement, Entitlements, ending, ending_by, entitlements, month_after
from dashboard.figures.bars import Series, layers
from dashboard.language import message
from dashboard.panel import Column, Drawing, Table, Withheld
from dashboard.view import View

SOON: Final = 3
LISTED: Final = 14
TABLED: Final = 1000  # rows of the table on the page; the file holds all
KNOWN: Final = ("kind", "funding_source")
REASONS: Final = {
    "duration": message("months used up"),
    "age": message("working age ends"),
    "granted": message("granted until then"),
}


def endings(view: View) -> Drawing:
    """How many entitlements end in each of the months ahead, by kind; their monthly amount falls away after it."""
    found, words = running(view), view.words
    names = [f"{month_after(view.as_of, number):%Y-%m}" for number in range(AHEAD + 1)]
    kinds = groups_of([{"kind": one.kind} for one in found], "kind")
    rows = [row for name in names for kind in kinds if (row := _ending_row(view, found, name, kind))["ending"]]
    series = [_layer(view, rows, names, value_label(view, "kind", kind)) for kind in kinds]
    totals: list[float | None] = [sum(row["ending"] for row in rows if row["month"] == name) for name in names]
    columns = (
        Column("month", words.say("last month of it")),
        Column("kind", words.say("kind of subsidy")),
        Column("ending", words.say("entitlements ending"), "persons"),
        Column("falling", words.say("falls away a month"), "yuan"),
    )
    figure = layers([words.month_tick(name) for name in names], series, words.axis(totals, "persons"))
    for trace, kind in zip(figure["data"], kinds, strict=True):
        trace["customdata"] = [["kind", kind]] * len(names)
    table = Table(columns, rows, ("kind_value", "kind"))
    return Drawing(_ending_reading(view, found), table, figure=figure, knows=KNOWN)


def _ending_row(view: View, found: Sequence[Entitlements], month: str, kind: str) -> dict[str, Any]:
    part = [one for one in found if one.kind == kind and f"{one.last_month:%Y-%m}" == month]
    falling = sum((one.monthly for one in part), start=Decimal(0))
    said = {"month": month, "kind": value_label(view, "kind", kind), "kind_value": kind}
    return said | {"ending": sum(one.number for one in part), "falling": falling}


def _layer(view: View, rows: Sequence[dict[str, Any]], names: Sequence[str], label: str) -> Series:
    held = {row["month"]: row["ending"] for row in rows if row["kind"] == label}
    values = [held.get(name, 0) for name in names]
    return Series(label, values, [view.words.with_unit(value, "persons") for value in values])


def _ending_reading(view: View, found: Sequence[Entitlements]) -> str:
    words, last = view.words, month_after(view.as_of, SOON)
    soon = ending(view.build, view.region.code, view.selection.where, last)
    return words.say(
        "By the end of {month} the entitlements of {persons} persons end, and {amount} a month falls away;"
        " {age} of them for their age.",
        month=words.month_of_year(f"{last:%Y-%m}"),
        persons=words.number(soon.persons),
        amount=words.value(sum(one.monthly for one in found if one.last_month <= last), "yuan"),
        age=words.number(soon.for_age),
    )


def ending_soon(view: View) -> Drawing:
    """The entitlements that end within three months, by registration number."""
    if not view.build.scope.rows:
        raise Withheld("not_allowed")
    words, last = view.words, month_after(view.as_of, SOON)
    running(view)
    asked = view.build, view.region.code, view.selection.where, last
    number = ending(*asked).number
    table = _soon_table(view, ending_by(*asked, most=TABLED))
    rows = table.rows
    if not rows:
        return Drawing(
            words.say("No entitlement here ends within three months."), table, body=nothing_left(view), height=80
        )
    listed = [
        [
            html.Code(row["registration_no"]),
            place_of(view, row),
            row["kind"],
            row["last_month"],
            row["reason"],
            words.value(row["monthly"], "yuan"),
        ]
        for row in rows[:LISTED]
    ]
    reading = words.say(
        "{number} entitlements end within three months; the first in {month}.",
        number=words.number(number),
        month=rows[0]["last_month"],
    )
    body = listing(view, [column.label for column in table.columns], listed, number)
    height = 70 + 31 * len(listed)
    whole = (lambda: _soon_table(view, ending_by(*asked))) if number > len(rows) else None
    return Drawing(reading, table, body=body, height=height, knows=KNOWN, whole=whole)


def _soon_table(view: View, soon: Sequence[Entitlement]) -> Table:
    words = view.words
    rows: list[dict[str, Any]] = [
        {
            "registration_no": one.registration_no,
            "region_code": one.region_code,
            "region_name": one.region_name,
            "kind": value_label(view, "kind", one.kind),
            "last_month": words.month_of_year(f"{one.last_month:%Y-%m}"),
            "reason": words.say(REASONS[one.reason]),
            "monthly": one.monthly,
        }
        for one in soon
    ]
    columns = (
        Column("registration_no", words.say("registration no."), "code"),
        Column("region_name", words.say("community")),
        Column("kind", words.say("kind of subsidy")),
        Column("last_month", words.say("last month of it")),
        Column("reason", words.say("why it ends")),
        Column("monthly", words.say("a month"), "yuan"),
    )
    return Table(columns, rows, ("region_code", "region"))


def running(view: View) -> list[Entitlements]:
    """The entitlements that run at the data date in the region in view, under the reader's filters."""
    if view.as_of != view.data_date:
        raise Withheld("no_rows", view.words.say("Running entitlements are known as at the data date alone."))
    with since_this_build(view):
        found = entitlements(view.build, view.region.code, view.selection.where)
    if not found:
        raise Withheld("no_rows")
    return found
