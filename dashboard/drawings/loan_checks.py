"""Loans that deserve a look: beyond what the policy allows, repaid beyond what was lent, firms that hire too few."""

from decimal import Decimal
from functools import cache
from typing import Any, Final

from dash import dcc, html
from sqlalchemy import Select, String, bindparam, cast, literal, null, select, union_all

from dashboard.components.picker import breakdown_label
from dashboard.drawings.loan_list import OF_LOAN, Chosen, chosen, filters
from dashboard.drawings.numbered import begun, listing, nothing_left, place_of, rows_of
from dashboard.panel import Column, Drawing, Row, Table
from dashboard.quality import filter_value
from dashboard.semantics.measure import in_area
from dashboard.text import Words
from dashboard.view import View
from etl.marts.loans import loan
from etl.marts.region import finding
from etl.marts.region import region as region_mart

LISTED: Final = 14
# A labour-intensive small firm takes on laid-off and unemployed persons for 30 % of its staff (银发〔2004〕51号).
HIRED_SHARE: Final = 30
FEW_HIRED: Final = "few_hired"
FINDINGS: Final = ("loan_over_cap", "loan_over_term", "loan_over_fund_capacity", "repaid_more_than_owed")
ON_DATA: Final = "/data"  # the page on which every finding is explained


@cache
def _found(level: str, shape: Chosen) -> Select[Any]:
    """Findings on loans disbursed by a day, and the small firms below the share."""
    of = loan.c
    common = (of.loan_no, of.region_id, of.bank, of.disbursed_on)
    tests = [of.disbursed_on <= bindparam("day"), *filters(shape, dict.fromkeys(OF_LOAN, loan))]
    found = (
        select(*common, finding.c.finding, finding.c.detail, null().label("hired"), null().label("staff"))
        .join_from(finding, loan, finding.c.key == of.loan_no)
        .where(finding.c.table_name == "loans", *tests)
    )
    firms = select(
        *common, literal(FEW_HIRED).label("finding"), cast(null(), String).label("detail"),
        of.firm_hired.label("hired"), of.firm_staff.label("staff"),
    ).where(
        of.product == "small_firm", of.firm_staff > 0, 100 * of.firm_hired < HIRED_SHARE * of.firm_staff, *tests
    )  # fmt: skip
    both = union_all(found, firms).subquery("both")
    return (
        select(
            both.c.loan_no, region_mart.c.region_code, region_mart.c.region_name, both.c.bank, both.c.disbursed_on,
            both.c.finding, both.c.detail, both.c.hired, both.c.staff,
        )
        .join_from(both, region_mart, both.c.region_id == region_mart.c.region_id)
        .where(in_area(level))
        .order_by(both.c.disbursed_on.desc(), both.c.loan_no, both.c.finding)
    )  # fmt: skip


def checks(view: View) -> Drawing:
    """The list, the newest loans first: what was found, and how far beyond."""
    begun(view)
    shape, values = chosen(view, OF_LOAN)
    found = rows_of(view, _found(view.region.level, shape), day=view.period.end, **values)
    words = view.words
    labels = {name: filter_value(words, "finding", name) for name in FINDINGS}
    labels[FEW_HIRED] = words.say("firm hires too few")
    rows = [row | {"check": labels[row["finding"]], "shown": _shown(words, row)} for row in found]
    columns = (
        Column("loan_no", words.say("loan no."), "code"),
        Column("check", words.say("what was found")),
        Column("shown", words.say("figures")),
        Column("bank", breakdown_label(view, "bank")),
        Column("region_name", words.say("community")),
        Column("disbursed_on", words.say("disbursed on"), "short"),
    )
    table = Table(columns, rows, ("region_code", "region"))
    if not rows:
        return Drawing(
            words.say("No loan here breaks a rule that can be checked."), table, body=nothing_left(view), height=80
        )
    counted = [
        words.say("{check}: {number}", check=label, number=words.number(count))
        for name, label in labels.items()
        if (count := sum(row["finding"] == name for row in rows))
    ]
    reading = words.say(
        "Findings on loans: {number} ({listed}).",
        number=words.number(len(rows)),
        listed=words.say("; ").join(counted),
    )
    heads = tuple(column.label for column in columns)
    listed = [_listed(view, row) for row in rows[:LISTED]]
    return Drawing(reading, table, body=listing(view, heads, listed, len(rows)), height=90 + 31 * len(listed))


def _listed(view: View, row: Row) -> list[Any]:
    words = view.words
    return [
        html.Code(row["loan_no"]),
        _explained(view, row),
        row["shown"],
        dcc.Link(row["bank"], href=view.drill("bank", row["bank"])),
        place_of(view, row),
        words.day(row["disbursed_on"]),
    ]


def _explained(view: View, row: Row) -> Any:
    """What was found, as a link to what it means and to where else it was found."""
    if row["finding"] not in FINDINGS:
        return row["check"]
    target = view.selection.but(where=(("finding", row["finding"]),), section="findings")
    return dcc.Link(row["check"], href=view.href(target, ON_DATA))


def _shown(words: Words, row: Row) -> str:
    """`￥35.0万，上限 ￥30.0万`: what is against what may be."""
    if row["finding"] == FEW_HIRED:
        return words.say(
            "{hired} of {staff} staff: {share}, at least {least}",
            hired=words.number(row["hired"]),
            staff=words.number(row["staff"]),
            share=words.value(100 * row["hired"] / row["staff"], "%"),
            least=f"{HIRED_SHARE}%",
        )
    found, over, limit = (row["detail"] or "").partition(" > ")
    if not over:
        return str(row["detail"] or "")
    unit = "months" if row["finding"] == "loan_over_term" else "yuan"
    one, other = (words.with_unit(Decimal(number), unit) for number in (found, limit))
    return words.say("{found}, at most {limit}", found=one, limit=other)
