"""The work list of applications under way, by number: with whom each lies, and since when."""

from functools import cache
from typing import Any, Final

from dash import dcc, html
from sqlalchemy import Select, bindparam, select

from dashboard.components.picker import breakdown_label, value_label
from dashboard.drawings.loan_list import OF_LOAN, Chosen, chosen, filters
from dashboard.drawings.loan_waiting import held_by
from dashboard.drawings.numbered import begun, listing, nothing_left, place_of, rows_of
from dashboard.panel import Column, Drawing, Row, Table
from dashboard.semantics.loan_pipeline import STAY
from dashboard.semantics.measure import in_area
from dashboard.view import View
from etl.marts.region import region as region_mart

LISTED: Final = 15
NUMBERS: Final = (4,)  # columns of the list that are read as numbers


@cache
def _under_way(level: str, shape: Chosen) -> Select[Any]:
    of = STAY.table.c
    return (
        select(
            of.loan_no, region_mart.c.region_code, region_mart.c.region_name, of.holder, of.entered_on, of.applied_on,
            of.bank, of.product,
        )
        .join_from(STAY.table, region_mart, of.region_id == region_mart.c.region_id)
        .where(in_area(level))
        .where(of.entered_on <= bindparam("day"), of.left_on > bindparam("day"))
        .where(*filters(shape, dict.fromkeys(OF_LOAN, STAY.table)))
        .order_by(of.entered_on, of.loan_no)
    )  # fmt: skip


def files(view: View) -> Drawing:
    """The list, those first that have lain longest where they are."""
    begun(view)
    shape, values = chosen(view, OF_LOAN)
    day, words = view.period.end, view.words
    found = rows_of(view, _under_way(view.region.level, shape), day=day, **values)
    rows = [
        row
        | {"at": held_by(view, row["holder"]), "days": (day - row["entered_on"]).days}
        | {"kind_of_loan": value_label(view, "product", row["product"])}
        for row in found
    ]
    columns = (
        Column("loan_no", words.say("loan no."), "code"),
        Column("at", words.say("lies at")),
        Column("region_name", words.say("community")),
        Column("entered_on", words.say("there since"), "short"),
        Column("days", words.say("days there"), "days"),
        Column("applied_on", words.say("applied on"), "short"),
        Column("bank", breakdown_label(view, "bank")),
        Column("kind_of_loan", breakdown_label(view, "product")),
    )
    table = Table(columns, rows, ("region_code", "region"))
    if not rows:
        return Drawing(words.say("No file is waiting here."), table, body=nothing_left(view), height=80)
    reading = words.say(
        "Files under way: {number}; the oldest lies at {stage} for {days} days.",
        number=words.number(len(rows)),
        stage=rows[0]["at"],
        days=words.number(rows[0]["days"]),
    )
    listed = [_listed(view, row) for row in rows[:LISTED]]
    body = listing(view, [column.label for column in columns], listed, len(rows), NUMBERS)
    return Drawing(reading, table, body=body, height=90 + 31 * len(listed))


def _listed(view: View, row: Row) -> list[Any]:
    words = view.words
    return [
        html.Code(row["loan_no"]),
        row["at"],
        place_of(view, row),
        words.day(row["entered_on"]),
        words.number(row["days"]),
        words.day(row["applied_on"]),
        dcc.Link(row["bank"], href=view.drill("bank", row["bank"])),
        row["kind_of_loan"],
    ]
