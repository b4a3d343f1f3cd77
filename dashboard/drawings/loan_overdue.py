"""The work list of loans overdue, by number: what is late, since when, at which bank."""

from functools import cache
from typing import Any, Final

from dash import dcc, html
from sqlalchemy import Select, and_, bindparam, func, select

from dashboard.components.picker import breakdown_label, value_label
from dashboard.drawings.loan_list import OF_LOAN, Chosen, chosen, filters
from dashboard.drawings.numbered import begun, listing, nothing_left, place_of, rows_of
from dashboard.panel import Column, Drawing, Row, Table
from dashboard.view import View
from etl.marts.loans import loan_cohort, loan_instalment, loan_state
from etl.marts.region import region as region_mart

LISTED: Final = 15  # on the page; the table and the file hold all
NUMBERS: Final = (3, 4, 6)  # columns of the list that are read as numbers
FILTERS: Final = (*OF_LOAN, "ageing", "cohort")


@cache
def _late(level: str, shape: Chosen) -> Select[Any]:
    """Loans late on a day, each with the principal that should have come in before it and has not."""
    of, lent, due = loan_state.c, loan_cohort.c, loan_instalment.c
    tables = dict.fromkeys((*OF_LOAN, "ageing"), loan_state) | {"cohort": loan_cohort}
    late = (
        select(
            of.loan_no, region_mart.c.region_code, region_mart.c.region_name, of.bank, of.product, of.counter_guarantee,
            of.interest_subsidised, lent.cohort, lent.disbursed_on, lent.lent, of.outstanding, of.unpaid_since,
            of.ageing, (of.by_borrower + of.compensated).label("received"),
        )
        .join_from(loan_state, region_mart, of.region_id == region_mart.c.region_id)
        .join(loan_cohort, lent.loan_no == of.loan_no)
        .where(region_mart.c[f"{level}_id"] == bindparam("area"))
        .where(of.valid_from <= bindparam("day"), of.valid_until > bindparam("day"))
        .where(of.outstanding > 0, of.past_due_from > 0, *filters(shape, tables))
        .cte("late")
    )  # fmt: skip
    left = due.settled_after + due.principal_due - late.c.received
    overdue = func.sum(func.greatest(0, func.least(due.principal_due, left))).label("overdue")
    owed = (
        select(late.c.loan_no, overdue)
        .join_from(late, loan_instalment, and_(due.loan_no == late.c.loan_no, due.due_on < bindparam("day")))
        .group_by(late.c.loan_no)
        .subquery("owed")
    )
    return (
        select(*(column for column in late.c if column.name != "received"), owed.c.overdue)
        .join_from(late, owed, owed.c.loan_no == late.c.loan_no)
        .order_by(late.c.unpaid_since, late.c.outstanding.desc(), late.c.loan_no)
    )


def overdue_rows(view: View) -> list[dict[str, Any]]:
    """The loans late at the period's end, the longest late first, with `days` past due."""
    begun(view)
    shape, values = chosen(view, FILTERS)
    day = view.period.end
    rows = rows_of(view, _late(view.region.level, shape), day=day, **values)
    return [row | {"days": (day - row["unpaid_since"]).days} for row in rows]


def overdue(view: View) -> Drawing:
    """The list: the longest late on the page, all of them in the table and in the file."""
    rows = overdue_rows(view)
    words = view.words
    said = [
        row
        | {"band": value_label(view, "ageing", row["ageing"])}
        | {"guarantee": value_label(view, "counter_guarantee", row["counter_guarantee"])}
        | {"subsidised": value_label(view, "interest_subsidised", row["interest_subsidised"])}
        | {"kind_of_loan": value_label(view, "product", row["product"])}
        for row in rows
    ]
    table = Table(_columns(view), said, ("region_code", "region"))
    if not rows:
        reading = words.say("No loan is overdue here on {day}.", day=words.day(view.period.end))
        return Drawing(reading, table, body=nothing_left(view), height=80, knows=("cohort",))
    reading = words.say(
        "Loans overdue on {day}: {number}. Of principal {overdue} has not come in, {balance} is still owed; the oldest"
        " is {days} days late.",
        number=words.number(len(rows)),
        day=words.day(view.period.end),
        overdue=words.value(sum(row["overdue"] for row in rows), "yuan"),
        balance=words.value(sum(row["outstanding"] for row in rows), "yuan"),
        days=words.number(rows[0]["days"]),
    )
    listed = [_listed(view, row) for row in rows[:LISTED]]
    heads = [column.label for column in table.columns[: len(listed[0])]]
    body = listing(view, heads, listed, len(rows), NUMBERS)
    return Drawing(reading, table, body=body, height=90 + 31 * len(listed), knows=("cohort",))


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
