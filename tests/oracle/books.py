"""One loan's book: what was received by when, what is outstanding, how many days it is past due."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from .rows import Live, Row

BORROWER = ("repayment", "prepayment")
SETTLING = (*BORROWER, "compensation")
TOLERANCE = Fraction(5, 1000)


@dataclass
class Payment:
    """A payment and the day of the first reversal of it."""

    kind: str
    paid_on: date
    principal: Fraction
    interest: Fraction
    reversed_on: date | None = None

    def effective(self, day: date) -> bool:
        return self.paid_on <= day and (self.reversed_on is None or self.reversed_on > day)


@dataclass
class Instalment:
    """One instalment with the principal due up to and with it."""

    due_on: date
    principal: Fraction
    interest: Fraction
    upto: Fraction


@dataclass
class Book:
    """A loan with its payments and its instalments in the order of their numbers."""

    row: Row
    payments: list[Payment] = field(default_factory=list)
    instalments: list[Instalment] = field(default_factory=list)

    def principal(self, kinds: Iterable[str], day: date) -> Fraction:
        return sum(
            (each.principal for each in self.payments if each.kind in kinds and each.effective(day)), Fraction(0)
        )

    def money(self, kind: str, day: date) -> Fraction:
        """Principal and interest."""
        return sum(
            (p.principal + p.interest for p in self.payments if p.kind == kind and p.effective(day)), Fraction(0)
        )

    def written_off(self, day: date) -> bool:
        return self.row["written_off_on"] is not None and self.row["written_off_on"] <= day

    def outstanding(self, day: date) -> Fraction:
        disbursed = self.row["disbursed_on"]
        if disbursed is None or disbursed > day or self.written_off(day):
            return Fraction(0)
        amount: Fraction = self.row["amount"]
        return max(Fraction(0), amount - self.principal(SETTLING, day))

    def days_past_due(self, day: date) -> int:
        if self.outstanding(day) <= 0:
            return 0
        received = self.principal(SETTLING, day)
        late = [each.due_on for each in self.instalments if each.due_on < day and each.upto > received + TOLERANCE]
        return (day - min(late)).days if late else 0

    def settled(self, instalment: Instalment, day: date) -> Fraction:
        """Principal of the instalment that the borrower's payments settle, first in first out."""
        left = self.principal(BORROWER, day) - (instalment.upto - instalment.principal)
        return max(Fraction(0), min(instalment.principal, left))

    def uncovered(self, day: date) -> Fraction:
        """Principal compensated and not recovered."""
        return max(Fraction(0), self.principal(("compensation",), day) - self.principal(("recovery",), day))


def books(live: Live) -> list[Book]:
    """The books of all loans, made once."""
    if "books" not in live.memory:
        made = {row["loan_no"]: Book(row) for row in live.rows("loans")}
        enter_payments(live, made)
        for row in sorted(live.rows("instalments"), key=lambda row: row["instalment_no"]):
            listed = made[row["loan_no"]].instalments
            before = listed[-1].upto if listed else Fraction(0)
            due = row["principal_due"]
            listed.append(Instalment(row["due_on"], due, row["interest_due"], before + due))
        live.memory["books"] = list(made.values())
    found: list[Book] = live.memory["books"]
    return found


def enter_payments(live: Live, made: dict[str, Book]) -> None:
    payments = {}
    for row in live.rows("repayments"):
        if row["kind"] != "reversal":
            payment = Payment(row["kind"], row["paid_on"], row["principal"], row["interest"])
            payments[row["payment_no"]] = payment
            made[row["loan_no"]].payments.append(payment)
    for row in live.rows("repayments"):
        if row["kind"] == "reversal":
            payment = payments[row["reverses"]]
            payment.reversed_on = min(row["paid_on"], payment.reversed_on or row["paid_on"])


AGEING = ((0, "0"), (30, "1-30"), (60, "31-60"), (90, "61-90"), (180, "91-180"), (360, "181-360"))


def bucket(days: int) -> str:
    return next((name for last, name in AGEING if days <= last), "360+")
