"""Rows of loans in few words, a build of them, and one figure of it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from dashboard.semantics.answer import answer
from dashboard.semantics.dimension import LEVELS
from dashboard.semantics.question import Question
from dashboard.warehouse import Build
from tests.worlds import PINE, Row, build

PERSON: Row = {
    "registration_no": "R1", "person_key": "k1", "community_code": PINE, "category": "unemployed",
    "registered_on": date(2020, 1, 1),
}  # fmt: skip


def day(text: str) -> date:
    """The date that `text` (2026-03-01, or 03-01 in 2026) names."""
    return date.fromisoformat(text if len(text) > len("03-01") else f"2026-{text}")


def loan(loan_no: str, disbursed: str | None, amount: int | str, **more: Any) -> Row:
    """A personal loan of PINE's, applied for on 1 January 2020, decided when it was disbursed."""
    on = None if disbursed is None else day(disbursed)
    return {
        "loan_no": loan_no, "product": "personal", "registration_no": "R1", "community_code": PINE, "bank": "城商行",
        "applied_on": date(2020, 1, 1), "decided_on": on, "decision": "approved" if on else None, "disbursed_on": on,
        "amount": Decimal(amount), "term_months": 12, "annual_rate": Decimal(5), "interest_subsidised": False,
    } | more  # fmt: skip


def due(loan_no: str, number: int, on: str, principal: int | str, interest: int | str = 0) -> Row:
    """One instalment."""
    return {
        "loan_no": loan_no, "instalment_no": number, "due_on": day(on), "principal_due": Decimal(principal),
        "interest_due": Decimal(interest),
    }  # fmt: skip


def paid(
    payment_no: str, loan_no: str, on: str, principal: int | str, interest: int | str = 0, *, kind: str = "repayment"
) -> Row:
    """One payment."""
    return {
        "payment_no": payment_no, "loan_no": loan_no, "paid_on": day(on), "principal": Decimal(principal),
        "interest": Decimal(interest), "kind": kind,
    }  # fmt: skip


def reversal(payment_no: str, loan_no: str, on: str, of: str) -> Row:
    """The reversal of the payment `of`; its own amounts say nothing."""
    return {**paid(payment_no, loan_no, on, 99, 99, kind="reversal"), "reverses": of}


def entry(entry_no: str, on: str, amount: int | str, *, kind: str = "contribution", district: str | None = None) -> Row:
    """One entry of the guarantee fund."""
    return {
        "entry_no": entry_no, "entry_on": day(on), "source": "city", "kind": kind, "amount": Decimal(amount),
        "district_code": district,
    }  # fmt: skip


def book(
    folder: Path,
    loans: Sequence[Row],
    *,
    instalments: Sequence[Row] = (),
    repayments: Sequence[Row] = (),
    fund_entries: Sequence[Row] = (),
    data_date: str = "2026-09-30",
) -> Build:
    """A build with these rows, known up to `data_date`."""
    tables = {"loans": loans, "instalments": instalments, "repayments": repayments, "fund_entries": fund_entries}
    return build(folder, {"persons": [PERSON], **tables}, day(data_date))


def rows(
    build: Build, metric: str, *by: str, on: str = "2026-09-30", start: str = "01-01", **asked: Any
) -> list[dict[str, Any]]:
    """The answer's rows for the period from `start` to `on`, as at the build's data date."""
    question = Question((metric,), by=by, start=day(start), end=day(on), **asked)
    return answer(build, question).rows


def figure(build: Build, metric: str, **asked: Any) -> Any:
    """The one figure of a question without a breakdown."""
    [row] = rows(build, metric, **asked)
    return row[metric]


def figures(build: Build, metric: str, *by: str, **asked: Any) -> dict[Any, Any]:
    """Figures by the values of the breakdowns (one: the value itself)."""
    keys = ["region_code" if name in LEVELS else name for name in by]
    found = rows(build, metric, *by, **asked)
    return {tuple(row[key] for key in keys) if len(keys) > 1 else row[keys[0]]: row[metric] for row in found}
