"""Whatever happens to loans, the marts say what a plain loop over the rows says."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.spec.loan_rows import book, figure, figures
from tests.worlds import PINE, QUAY, Row

FIRST = date(2025, 1, 1)
DATA_DATE = date(2026, 2, 28)
DAYS = st.integers(0, (DATA_DATE - FIRST).days).map(lambda days: FIRST + timedelta(days))
MONEY = st.sampled_from([Decimal(text) for text in ("0", "0.01", "500", "999.99", "1000", "1500")])
SETTLING = ("repayment", "prepayment", "compensation")


@dataclass
class History:
    """One loan and all that happens to it."""

    loan: Row
    instalments: list[Row]
    payments: list[Row]

    def received(self, on: date, kinds: Sequence[str]) -> Decimal:
        total: Decimal = sum((one["principal"] for one in self._effective(on) if one["kind"] in kinds), Decimal(0))
        return total

    def outstanding(self, on: date) -> Decimal:
        disbursed, off = self.loan["disbursed_on"], self.loan["written_off_on"]
        if disbursed is None or disbursed > on or (off is not None and off <= on):
            return Decimal(0)
        left: Decimal = self.loan["amount"] - self.received(on, SETTLING)
        return max(Decimal(0), left)

    def days_past_due(self, on: date) -> int:
        if self.outstanding(on) == 0:
            return 0
        owed, received = Decimal(0), self.received(on, SETTLING)
        late = []
        for instalment in self.instalments:
            owed += instalment["principal_due"]
            if owed > received + Decimal("0.005") and instalment["due_on"] < on:
                late.append(instalment["due_on"])
        return (on - min(late)).days if late else 0

    def settled(self, instalment: Row, on: date) -> Decimal:
        before = sum(
            (one["principal_due"] for one in self.instalments if one["instalment_no"] < instalment["instalment_no"]),
            Decimal(0),
        )
        left: Decimal = self.received(on, ("repayment", "prepayment")) - before
        owed: Decimal = instalment["principal_due"]
        return min(owed, max(Decimal(0), left))

    def _effective(self, on: date) -> Iterator[Row]:
        for payment in self.payments:
            taken = [
                other["paid_on"] <= on for other in self.payments if other.get("reverses") == payment["payment_no"]
            ]
            if payment["kind"] != "reversal" and payment["paid_on"] <= on and not any(taken):
                yield payment


@st.composite
def histories(draw: st.DrawFn) -> list[History]:
    return [draw(history(f"L{number}")) for number in range(draw(st.integers(4, 10)))]


@st.composite
def history(draw: st.DrawFn, loan_no: str) -> History:
    loan = {
        "loan_no": loan_no, "product": "personal", "registration_no": "R1", "bank": "城商行",
        "community_code": draw(st.sampled_from([PINE, QUAY])), "applied_on": FIRST,
        "disbursed_on": draw(st.none() | DAYS), "amount": draw(MONEY) + 1000,
        "written_off_on": draw(st.none() | st.none() | DAYS), "interest_subsidised": draw(st.booleans()),
    }  # fmt: skip
    instalments: list[Row] = [
        {"loan_no": loan_no, "instalment_no": number, "due_on": draw(DAYS), "principal_due": draw(MONEY),
         "interest_due": Decimal(10)}
        for number in range(1, 1 + draw(st.integers(0, 4)))
    ]  # fmt: skip
    payments: list[Row] = []
    for number in range(draw(st.integers(0, 5))):
        payment_no = f"{loan_no}-{number}"
        kind = draw(st.sampled_from([*SETTLING, "recovery"]))
        payments.append(_payment(payment_no, loan_no, draw(DAYS), draw(MONEY), kind))
        for again in range(draw(st.integers(0, 2))):
            of = {"reverses": payment_no}
            payments.append(_payment(f"{payment_no}R{again}", loan_no, draw(DAYS), Decimal(7), "reversal") | of)
    return History(loan, instalments, payments)


def _payment(payment_no: str, loan_no: str, on: date, principal: Decimal, kind: str) -> dict[str, object]:
    return {
        "payment_no": payment_no, "loan_no": loan_no, "paid_on": on, "principal": principal, "interest": Decimal(1),
        "kind": kind,
    }  # fmt: skip


def share(part: Decimal, whole: Decimal) -> float | None:
    return None if whole == 0 else 100 * float(part) / float(whole)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(loans=histories(), days=st.lists(DAYS, min_size=3, max_size=3))
def test_balances_arrears_and_collection_are_what_a_plain_loop_finds(loans: list[History], days: list[date]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        build = book(
            Path(folder),
            [one.loan for one in loans],
            instalments=[row for one in loans for row in one.instalments],
            repayments=[row for one in loans for row in one.payments],
            data_date=DATA_DATE.isoformat(),
        )
        for on in days:
            asked = {"start": FIRST.isoformat(), "on": on.isoformat(), "as_of": on}
            balance = sum((one.outstanding(on) for one in loans), Decimal(0))
            assert figure(build, "loan_outstanding", **asked) == balance
            by_community = figures(build, "loan_outstanding", "community", **asked)
            assert sum(by_community.values()) == balance
            for late in (30, 60, 90, 180):
                risk = sum((one.outstanding(on) for one in loans if one.days_past_due(on) > late), Decimal(0))
                assert figure(build, f"par_{late}", **asked) == share(risk, balance)
            due = [(one, row) for one in loans for row in one.instalments if row["due_on"] <= on]
            owed = sum((row["principal_due"] for _, row in due), Decimal(0))
            settled = sum((one.settled(row, on) for one, row in due), Decimal(0))
            in_time = sum((one.settled(row, row["due_on"]) for one, row in due), Decimal(0))
            assert figure(build, "collection_rate", **asked) == share(settled, owed)
            assert figure(build, "on_time_rate", **asked) == share(in_time, owed)
            interest = sum(
                (row["interest_due"] / 2 for one, row in due
                 if one.loan["interest_subsidised"] and one.outstanding(row["due_on"] - timedelta(1)) > 0),
                Decimal(0),
            )  # fmt: skip
            assert figure(build, "interest_subsidy_due", **asked) == interest
        months = figures(build, "loan_outstanding", "month", start="2025-01-01", on="2026-02-28")
        rolled = figures(build, "roll_amount", "month", start="2025-01-01", on="2026-02-28")
        assert list(rolled.values())[1:] == list(months.values())[:-1]
        build.close()
