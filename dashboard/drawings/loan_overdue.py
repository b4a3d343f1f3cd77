"""The work list of loans overdue, by number: what is late, since when, at which bank."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from dash import dcc, html
from sqlalchemy import Select, bindparam, select

from dashboard.components.picker import breakdown_label, value_label
from dashboard.drawings.loan_list import OF_LOAN, Chosen, chosen, filters
from dashboard.drawings.numbered import TABLED, begun, listing, nothing_left, place_of, rows_of, totals_of
from dashboard.panel import Column, Drawing, Row, Table
from dashboard.semantics.measure import in_area
from dashboard.view import View
from etl.marts.loans import loan_overdue
from etl.marts.region import region as region_mart

LISTED: Final = 15  # on the page
NUMBERS: Final = (3, 4, 6)  # columns of the list that are read as numbers
FILTERS: Final = (*OF_LOAN, "ageing", "cohort")
SUMS: Final = ("overdue", "outstanding")


@cache
def _late(level: str, shape: Chosen) -> Select[Any]:
    """Loans late on a day, each with the principal that should have come in before it and has not."""
    of = loan_overdue.c
    return (
        select(
            of.loan_no, region_mart.c.region_code, region_mart.c.region_name, of.bank, of.product, of.counter_guarantee,
            of.interest_subsidised, of.cohort, of.disbursed_on, of.lent, of.outstanding, of.unpaid_since, of.ageing,
            of.overdue,
        )
        .join_from(loan_overdue, region_mart, of.region_id == region_mart.c.region_id)
        .where(in_area(level))
        .where(of.valid_from <= bindparam("day"), of.valid_until > bindparam("day"))
        .where(*filters(shape, dict.fromkeys(FILTERS, loan_overdue)))
        .order_by(of.unpaid_since, of.outstanding.desc(), of.loan_no)
    )  # fmt: skip


def overdue_rows(view: View, most: int | None = None) -> list[dict[str, Any]]:
    """The loans late at the period's end, `most` of them, the longest late first, with `days` past due."""
    begun(view)
    shape, values = chosen(view, FILTERS)
    day = view.period.end
    rows = rows_of(view, _late(view.region.level, shape), most, day=day, **values)
    return [row | {"days": (day - row["unpaid_since"]).days} for row in rows]


def _totals(view: View) -> dict[str, Any]:
    """Of all of them: their `number`, and the sums of `overdue` and `outstanding`."""
    shape, values = chosen(view, FILTERS)
    return totals_of(view, _late(view.region.level, shape), SUMS, day=view.period.end, **values)


def overdue(view: View) -> Drawing:
    """The list: the longest late on the page, more of them in the table, all of them in the file."""
    rows = overdue_rows(view, TABLED)
    words, table = view.words, _table(view, rows)
    if not rows:
        reading = words.say("No loan is overdue here on {day}.", day=words.day(view.period.end))
        return Drawing(reading, table, body=nothing_left(view), height=80, knows=("cohort",))
    totals = _totals(view)
    reading = words.say(
        "Loans overdue on {day}: {number}. Of principal {overdue} has not come in, {balance} is still owed; the oldest"
        " is {days} days late.",
        number=words.number(totals["number"]),
        day=words.day(view.period.end),
        overdue=words.value(totals["overdue"], "yuan"),
        balance=words.value(totals["outstanding"], "yuan"),
        days=words.number(rows[0]["days"]),
    )
    listed = [_listed(view, row) for row in rows[:LISTED]]
    heads = [column.label for column in table.columns[: len(listed[0])]]
    body = listing(view, heads, listed, totals["number"], NUMBERS)
    whole = (lambda: _table(view, overdue_rows(view))) if totals["number"] > len(rows) else None
    return Drawing(reading, table, body=body, height=90 + 31 * len(listed), knows=("cohort",), whole=whole)


def _table(view: View, rows: Sequence[Row]) -> Table:
    said = [
        dict(row)
        | {"band": value_label(view, "ageing", row["ageing"])}
        | {"guarantee": value_label(view, "counter_guarantee", row["counter_guarantee"])}
        | {"subsidised": value_label(view, "interest_subsidised", row["interest_subsidised"])}
        | {"kind_of_loan": value_label(view, "product", row["product"])}
        for row in rows
    ]
    return Table(_columns(view), said, ("region_code", "region"))


def _columns(view: View) -> tuple[Column, ...]:
    words = view.words
    return (
        Column("loan_no", words.say("loan no."), "code"),
        Column("bank", breakdown_label(view, "bank")),
        Column("region_name", words.say("community")),
        Column("overdue", words.say("principal overdue"), "yuan"),
        Column("outstanding", words.say("balance"), "yuan"),
        Column("unpaid_since", words.say("oldest unpaid due date"), "short"),
        Column("days", words.say("days past due"), "days"),
        Column("band", breakdown_label(view, "ageing")),
        Column("subsidised", breakdown_label(view, "interest_subsidised")),
        Column("kind_of_loan", breakdown_label(view, "product")),
        Column("guarantee", breakdown_label(view, "counter_guarantee")),
        Column("cohort", words.say("lent in"), "short"),
        Column("lent", words.say("amount lent"), "yuan"),
    )


def _listed(view: View, row: Row) -> list[Any]:
    words = view.words
    return [
        html.Code(row["loan_no"]),
        dcc.Link(row["bank"], href=view.drill("bank", row["bank"])),
        place_of(view, row),
        words.value(row["overdue"], "yuan"),
        words.value(row["outstanding"], "yuan"),
        words.day(row["unpaid_since"]),
        words.number(row["days"]),
        dcc.Link(value_label(view, "ageing", row["ageing"]), href=view.drill("ageing", row["ageing"])),
        value_label(view, "interest_subsidised", row["interest_subsidised"]),
    ]
