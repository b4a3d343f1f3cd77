"""Loans: disbursement, the book's balance and arrears, collection, compensation, decisions."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from .books import Book, books, bucket
from .calendar import ONE_DAY, Period
from .metric import Part, flow, median, metric, ratio, stock
from .rows import Live

# Share of the interest that is subsidised: product → (from, share), the last one that holds counts.
SHARES = {
    "personal": (
        (date(2002, 12, 24), Fraction(1)),
        (date(2008, 1, 1), Fraction(1)),
        (date(2023, 1, 1), Fraction(1, 2)),
    ),
    "partnership": ((date(2023, 1, 1), Fraction(1, 2)),),
    "small_firm": ((date(2023, 1, 1), Fraction(1, 2)),),
}
DIMENSIONS = ("product", "bank", "counter_guarantee", "interest_subsidised", "repayment_method")


def about(book: Book) -> dict[str, Any]:
    return {name: book.row[name] for name in DIMENSIONS}


def aged(book: Book, day: date) -> dict[str, Any]:
    return about(book) | {"ageing": bucket(book.days_past_due(day))}


def disbursed(live: Live, period: Period) -> Iterator[Book]:
    for book in books(live):
        if period.holds(book.row["disbursed_on"]):
            yield book


@flow("loans_disbursed")
def loans_disbursed(live: Live, period: Period) -> Iterator[Part]:
    for book in disbursed(live, period):
        yield Part(book.row["community_code"], 1, dims=about(book))


@flow("loan_amount_disbursed")
def loan_amount_disbursed(live: Live, period: Period) -> Iterator[Part]:
    for book in disbursed(live, period):
        yield Part(book.row["community_code"], book.row["amount"], dims=about(book))


@flow("loan_jobs_created")
def loan_jobs_created(live: Live, period: Period) -> Iterator[Part]:
    for book in disbursed(live, period):
        yield Part(book.row["community_code"], book.row["jobs_created"] or 0, dims=about(book))


@stock("loan_outstanding")
def loan_outstanding(live: Live, period: Period) -> Iterator[Part]:
    for book in books(live):
        balance = book.outstanding(period.end)
        if balance:
            yield Part(book.row["community_code"], balance, dims=aged(book, period.end))


@stock("loan_overdue")
def loan_overdue(live: Live, period: Period) -> Iterator[Part]:
    for book in books(live):
        if book.days_past_due(period.end) > 0:
            yield Part(book.row["community_code"], book.outstanding(period.end), dims=aged(book, period.end))


def at_risk(live: Live, period: Period, days: int) -> Iterator[Part]:
    for book in books(live):
        balance = book.outstanding(period.end)
        late = book.days_past_due(period.end) > days
        yield Part(book.row["community_code"], balance if late else 0, balance, aged(book, period.end))


@ratio("par_30")
def par_30(live: Live, period: Period) -> Iterator[Part]:
    return at_risk(live, period, 30)


@ratio("par_60")
def par_60(live: Live, period: Period) -> Iterator[Part]:
    return at_risk(live, period, 60)


@ratio("par_90")
def par_90(live: Live, period: Period) -> Iterator[Part]:
    return at_risk(live, period, 90)


@ratio("par_180")
def par_180(live: Live, period: Period) -> Iterator[Part]:
    return at_risk(live, period, 180)


@ratio("par_30_full")
def par_30_full(live: Live, period: Period) -> Iterator[Part]:
    """What was compensated and not recovered is at risk as well, loan by loan, written off or not."""
    yield from at_risk(live, period, 30)
    for book in books(live):
        lost = book.uncovered(period.end)
        yield Part(book.row["community_code"], lost, lost, aged(book, period.end))


@ratio("collection_rate")
def collection_rate(live: Live, period: Period) -> Iterator[Part]:
    for book in books(live):
        for each in book.instalments:
            if period.holds(each.due_on):
                settled = book.settled(each, period.as_of)
                yield Part(book.row["community_code"], settled, each.principal, about(book))


@ratio("on_time_rate")
def on_time_rate(live: Live, period: Period) -> Iterator[Part]:
    for book in books(live):
        for each in book.instalments:
            if period.holds(each.due_on):
                yield Part(book.row["community_code"], book.settled(each, each.due_on), each.principal, about(book))


@flow("compensation")
def compensation(live: Live, period: Period) -> Iterator[Part]:
    """Compensated in the period, less what was reversed in it; a second reversal takes nothing away again."""
    for book in books(live):
        for each in book.payments:
            if each.kind == "compensation":
                signs = int(period.holds(each.paid_on)) - int(period.holds(each.reversed_on))
                yield Part(book.row["community_code"], signs * (each.principal + each.interest), dims=about(book))


@ratio("compensation_rate")
def compensation_rate(live: Live, period: Period) -> Iterator[Part]:
    for book in books(live):
        given = period.seen(book.row["disbursed_on"])
        amount = book.row["amount"] if given is not None and given <= period.end else 0
        lost = book.principal(("compensation",), period.end)
        yield Part(book.row["community_code"], lost, amount, about(book))


@ratio("recovery_rate")
def recovery_rate(live: Live, period: Period) -> Iterator[Part]:
    for book in books(live):
        lost, recovered = book.money("compensation", period.end), book.money("recovery", period.end)
        yield Part(book.row["community_code"], recovered, lost, aged(book, period.end))


def decided(live: Live, period: Period) -> Iterator[Book]:
    for book in books(live):
        if period.holds(book.row["decided_on"]):
            yield book


@metric("loan_decision_days", median, "ratio")
def loan_decision_days(live: Live, period: Period) -> Iterator[Part]:
    for book in decided(live, period):
        days = (book.row["decided_on"] - book.row["applied_on"]).days
        yield Part(book.row["community_code"], days, dims=about(book))


@metric("loan_stage_days", median, "ratio")
def loan_stage_days(live: Live, period: Period) -> Iterator[Part]:
    """Each stage's days from the previous date given."""
    for book in decided(live, period):
        before = book.row["applied_on"]
        for stage in ("community", "street", "district", "decision"):
            column = "decided_on" if stage == "decision" else f"{stage}_on"
            reached = period.seen(book.row[column])
            if reached is not None:
                yield Part(book.row["community_code"], (reached - before).days, dims=about(book) | {"stage": stage})
                before = reached


@ratio("loan_decided_within_1d")
def loan_decided_within_1d(live: Live, period: Period) -> Iterator[Part]:
    for book in decided(live, period):
        quick = book.row["decided_on"] - book.row["applied_on"] <= ONE_DAY
        yield Part(book.row["community_code"], int(quick), 1, about(book))


@ratio("loan_approval_rate")
def loan_approval_rate(live: Live, period: Period) -> Iterator[Part]:
    for book in decided(live, period):
        if book.row["decision"] in ("approved", "refused"):
            yield Part(book.row["community_code"], int(book.row["decision"] == "approved"), 1, about(book))


def share(product: str, day: date | None) -> Fraction:
    found = Fraction(0)
    for valid_from, value in SHARES[product]:
        if day is not None and valid_from <= day:
            found = value
    return found


@flow("interest_subsidy_due")
def interest_subsidy_due(live: Live, period: Period) -> Iterator[Part]:
    """Interest of the instalments before whose due day the loan was still outstanding, by the policy's share."""
    for book in books(live):
        if not book.row["interest_subsidised"]:
            continue
        for each in book.instalments:
            if period.holds(each.due_on) and book.outstanding(each.due_on - ONE_DAY) > 0:
                paid = each.interest * share(book.row["product"], book.row["disbursed_on"])
                yield Part(book.row["community_code"], paid, dims=about(book))
