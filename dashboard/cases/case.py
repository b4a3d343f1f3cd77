"""A case: one finding on money from the load that found it to the outcome, with every step on the way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final, Literal, get_args

from dashboard.cases.findings import Finding, Key
from dashboard.language import message
from dashboard.semantics.words import Text

State = Literal["open", "explained", "recovered", "dismissed"]
Outcome = Literal["explained", "recovered", "dismissed", "reopened", "noted"]
STATES: Final[tuple[State, ...]] = get_args(State)
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
STATE_LABELS: Final = {
    "open": message("to be looked into"),
    "explained": message("explained"),
    "recovered": message("money recovered"),
    "dismissed": message("dismissed"),
}
ACTION_LABELS: Final = {
    "opened": message("found"),
    "noted": message("noted"),
    "explained": message("explained"),
    "recovered": message("money recovered"),
    "dismissed": message("dismissed"),
    "reopened": message("opened again"),
    "gone": message("no longer found"),
    "returned": message("found again"),
    "changed": message("other amount in doubt"),
}
# From which states an outcome may be recorded, and the state that it leads to; money may come back in several parts.
WAYS: Final[dict[Outcome, tuple[tuple[State, ...], State | None]]] = {
    "explained": (("open",), "explained"),
    "dismissed": (("open",), "dismissed"),
    "recovered": (("open", "recovered"), "recovered"),
    "reopened": (("explained", "recovered", "dismissed"), "open"),
    "noted": (STATES, None),
}


class CaseError(ValueError):
    """A step that cannot be taken, or a case that is not there; `text` says why, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh, en)


@dataclass(frozen=True)
class Case:
    """Where a case stands; number 0 where nobody keeps cases. Amounts in yuan."""

    number: int
    key: Key
    region_code: str
    amount: Decimal | None
    in_doubt: Decimal | None
    recovered: Decimal
    state: State
    handled_by: str | None = None
    handled_at: datetime | None = None
    opened_at: datetime | None = None
    opened_load: int = 0
    gone_load: int | None = None

    @property
    def finding(self) -> str:
        """Which finding it follows up."""
        return self.key[0]

    @property
    def row_key(self) -> str:
        """The number of the payment or loan, or the key of the budget line, that bears it."""
        return self.key[2]

    @property
    def steps(self) -> tuple[Outcome, ...]:
        """The steps that may be taken from here."""
        return tuple(outcome for outcome, (states, _) in WAYS.items() if self.state in states)


@dataclass(frozen=True)
class Step:
    """One step of a case; `account` is empty where a load made it."""

    step_id: int
    at: datetime
    account: str
    action: str
    amount: Decimal | None
    note: str
    load: int


@dataclass(frozen=True)
class Tally:
    """How many cases, the money in doubt in them, and what has come back; a payment's money counts once."""

    number: int
    in_doubt: Decimal
    recovered: Decimal


def tally(cases: Iterable[Case]) -> Tally:
    """The sums of the cases: of several findings on one row the largest amount in doubt."""
    doubt: dict[tuple[str, str], Decimal] = {}
    number, recovered = 0, Decimal(0)
    for case in cases:
        number += 1
        recovered += case.recovered
        row = case.key[1:]
        doubt[row] = max(doubt.get(row, Decimal(0)), case.in_doubt or Decimal(0))
    return Tally(number, sum(doubt.values(), Decimal(0)), recovered)


def worst_first(cases: Iterable[Case]) -> list[Case]:
    """The cases in the order in which they are looked into: those with most in doubt first."""
    return sorted(cases, key=lambda case: (-(case.in_doubt or 0), case.number, case.key))


def unkept(found: Sequence[Finding]) -> list[Case]:
    """Findings as cases that nobody has looked into: where there is no state database."""
    return worst_first(Case(0, one.key, one.region_code, one.amount, one.in_doubt, Decimal(0), "open") for one in found)
