"""Shapes of the tables of the page Loans: what no metric's name tells, worked out from what the command says."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any, Final

from dashboard.drawings.loan_rolls import BUCKETS, TO, six_months
from dashboard.drawings.loan_vintages import cohort_period
from dashboard.panel import Drawing, Panel
from dashboard.period import Period
from dashboard.semantics.catalogue import DIMENSIONS
from dashboard.view import View
from tests.dashboard.shapes import Said, command, names_of, query

# Parts of figures that a test beside the module counts by hand (tests/dashboard/drawings/test_loans.py).
COUNTED: Final = {
    "gone_bad", "loans", "month_on_book", "loan_months", "passed", "waiting", "longest", "typical", "files", "each",
    "carried", "recovered", "overdue", "days", "lent",
} | {f"at_{holder}" for holder in ("community", "street", "district", "decision", "bank")}  # fmt: skip


def vintages(view: View, panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """Cohorts over the twelve quarters of lending that end with the period."""
    if panel.name != "vintages":
        return
    found = query(view, "vintage_30", cohort_period(view), view.as_of, by=("cohort", "month_on_book"))
    known = {key: value for key, value in found.items() if value is not None}
    assert len(drawing.table.rows) == len(known)
    for row in drawing.table.rows:
        yield "late", row["late"], known[row["cohort"], str(row["month_on_book"])]


def rolls(view: View, panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """Each share times the row's opening balance is the amount that rolled; a row's shares are the whole."""
    if panel.name != "rolls":
        return
    found = query(view, "roll_amount", six_months(view), view.as_of, by=("from_bucket", "to_bucket"))
    label = {bucket: view.words.of(DIMENSIONS["to_bucket"].values[bucket]) for bucket in TO}
    opening = {label[bucket]: 0.0 for bucket in BUCKETS}
    for (source, _), amount in found.items():
        opening[source] += float(amount or 0)
    for row in drawing.table.rows:
        yield "opening", row["opening"], opening[row["from_bucket"]]
        yield "to_paid", sum(row[f"to_{target}"] for target in TO), 100
        for target in TO:
            amount = found.get((row["from_bucket"], label[target])) or 0
            yield f"to_{target}", row[f"to_{target}"] * row["opening"] / 100, amount


def worklist(view: View, panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """The balances of the loans listed are the overdue balance."""
    if panel.name == "worklist":
        total = sum(float(row["outstanding"]) for row in drawing.table.rows)
        yield "outstanding", total, query(view, "loan_overdue", view.period, view.as_of)[()]


def account(view: View, panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """The fund's account leads from the balance before the period to the one at its end."""
    if panel.name != "fund":
        return
    amounts = [float(row["amount"]) for row in drawing.table.rows]
    before = view.period.start - timedelta(days=1)
    yield "amount", amounts[0], query(view, "fund_balance", Period(before, before), view.as_of)[()]
    yield "amount", sum(amounts[:-1]), query(view, "fund_balance", view.period, view.as_of)[()]
    yield "amount", amounts[-1], sum(amounts[:-1])


def fund_months(view: View, panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """What moved the fund in a month is the difference of its balances."""
    if panel.name != "fund_months":
        return
    kinds = names_of(drawing) & {"contribution", "interest", "recovery", "compensation", "withdrawal"}
    rows = drawing.table.rows
    for before, row in pairwise(rows):
        moved = sum(float(row[kind]) for kind in kinds)
        yield from ((kind, moved, float(row["fund_balance"] - before["fund_balance"])) for kind in kinds)


def interest(view: View, panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """Interest subsidies paid are payments of that kind."""
    if panel.name != "interest":
        return
    period = view.twelve_months()
    days = ("--from", str(period.start), "--to", str(period.end), "--as-of", str(view.as_of))
    home = ("--home", str(view.build.path.parent.parent), "--region", view.region.code)
    kind = ("--where", "kind=loan_interest", "--by", "month")
    found = {row["month"]: row for row in command("query", "subsidy_spend", *days, *home, *kind)}
    for row in drawing.table.rows:
        yield "interest_paid", row["interest_paid"], found[row["month"]]["subsidy_spend"]


def stages(view: View, panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """Days by stage are the metric's; a stage's share is what passed it over all that applied."""
    if panel.name != "pipeline":
        return
    days = query(view, "loan_stage_days", view.period, view.as_of, by=("stage",))
    applied = drawing.table.rows[0]["passed"]
    for row in drawing.table.rows:
        yield "share", row["share"], 100 * row["passed"] / applied
        if (row["stage"],) in days:
            yield "days_there", row["days_there"], days[row["stage"],]


def compensation(view: View, panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """What the fund's account calls recovery is what this panel calls recovered."""
    if panel.name == "compensation":
        total: Any = query(view, "compensation", view.twelve_months(), view.as_of)[()]
        yield "compensation", sum(float(row["compensation"]) for row in drawing.table.rows), total


LOAN_SHAPES: Final = (
    vintages, rolls, worklist, account, fund_months, interest, stages, compensation,
)  # fmt: skip
