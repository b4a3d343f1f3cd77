"""Repayment schedules: what a borrower owes on which date, to the cent.

The formulas are those of `methods.md` b.1; the public cases under `tests/data/loans/` are reproduced
to the cent. Rates are percent per year; all arithmetic is decimal, half-even at the cent.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise
from typing import Final, Literal

CENT: Final = Decimal("0.01")
ZERO: Final = Decimal(0)
_MONTHS_OF_INSTALMENT: Final = {"monthly": 1, "quarterly": 3, "bullet": 3}

Amortisation = Literal["instalments", "principal", "flat", "bullet"]
Basis = Literal["30/360", "actual/360", "actual/364", "actual/365", "actual/actual"]


@dataclass(frozen=True)
class Instalment:
    """One line of a schedule; amounts in yuan."""

    instalment_no: int
    due_on: date
    principal_due: Decimal
    interest_due: Decimal


@dataclass(frozen=True)
class Terms:
    """What bank and borrower agreed.

    `dates`: the first day, then each due date. `months`: length of each whole period on the basis 30/360
    (one number for all of them). `grace`, `interest_grace`: periods in which no principal (no interest)
    is paid. `unit`: equal instalments are multiples of it. `draws`: further amounts by date;
    `rates`: other rates from their date on. `drawn_on`: the first draw, if later than the first day.
    """

    amount: Decimal
    annual_rate: Decimal
    dates: tuple[date, ...]
    amortisation: Amortisation = "instalments"
    basis: Basis = "30/360"
    months: tuple[int, ...] = (1,)
    grace: int = 0
    interest_grace: int = 0
    unit: Decimal = CENT
    drawn_on: date | None = None
    draws: tuple[tuple[date, Decimal], ...] = ()
    rates: tuple[tuple[date, Decimal], ...] = ()


def schedule(amount: Decimal, annual_rate: Decimal, term_months: int, first_due: date, method: str) -> list[Instalment]:
    """The instalments of a loan by its contract's `repayment_method`, on the basis 30/360.

    `monthly`, `quarterly`: equal instalments; `bullet`: interest each quarter, principal at maturity.
    A term that is no whole number of quarters ends with a shorter period. `first_due`'s day is kept, or
    the month's last day where it has no such day. KeyError for another method.
    """
    every = min(_MONTHS_OF_INSTALMENT[method], term_months)
    start = months_later(first_due, -every)
    ends = [*range(every, term_months, every), term_months]
    terms = Terms(
        amount=amount,
        annual_rate=annual_rate,
        dates=(start, *(months_later(first_due, end - every) for end in ends)),
        amortisation="bullet" if method == "bullet" else "instalments",
        months=tuple(end - begin for begin, end in pairwise([0, *ends])),
    )
    return instalments(terms)


def instalments(terms: Terms) -> list[Instalment]:
    """The schedule that follows from `terms`; principal adds up to everything drawn."""
    if terms.amortisation == "flat":
        return _flat(terms)
    lines = _equal_instalments(terms) if terms.amortisation == "instalments" else _given_principal(terms)
    return _deferred_interest(lines, terms.interest_grace)


def _deferred_interest(lines: Sequence[Instalment], grace: int) -> list[Instalment]:
    # Interest of the periods of grace is not forgiven: it is all due with the first one after them.
    deferred = sum((line.interest_due for line in lines[:grace]), ZERO)
    spared = [replace(line, interest_due=ZERO) for line in lines[:grace]]
    return [
        *spared,
        *(
            replace(line, interest_due=line.interest_due + (deferred if n == 0 else 0))
            for n, line in enumerate(lines[grace:])
        ),
    ]


def months_later(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def rounded(value: Decimal, unit: Decimal = CENT) -> Decimal:
    """`value` as a multiple of `unit`, half to even."""
    return (value / unit).quantize(Decimal(1), ROUND_HALF_EVEN) * unit


def _flat(terms: Terms) -> list[Instalment]:
    # Interest on the amount first lent, spread evenly; the instalment is rounded whole, then split.
    count = len(terms.dates) - 1
    total = rounded(terms.amount * sum((_rate(terms, n) for n in range(count)), ZERO))
    interest = rounded(total / count)
    principal = rounded((terms.amount + total) / count, terms.unit) - interest
    lines = [Instalment(n + 1, due, principal, interest) for n, due in enumerate(terms.dates[1:])]
    before = count - 1
    lines[-1] = replace(
        lines[-1], principal_due=terms.amount - before * principal, interest_due=total - before * interest
    )
    return lines


def _given_principal(terms: Terms) -> list[Instalment]:
    # Equal principal, or all of it at maturity; interest on what is still owed.
    count = len(terms.dates) - 1
    paying = 1 if terms.amortisation == "bullet" else count - terms.grace
    share = rounded(terms.amount / paying)
    owed = terms.amount
    lines = []
    for n, due in enumerate(terms.dates[1:]):
        interest = rounded(owed * _rate(terms, n))
        principal = owed if n == count - 1 else share if n >= count - paying else ZERO
        lines.append(Instalment(n + 1, due, principal, interest))
        owed -= principal
    return lines


def _equal_instalments(terms: Terms) -> list[Instalment]:
    # A draw or a new rate changes the instalment from the period in which it falls, for all that follow;
    # what was fixed before it was fixed without knowing it.
    amounts: list[Decimal] = [ZERO] * (len(terms.dates) - 1)
    for day in sorted({day for day, _ in (*_draws(terms), *terms.rates)}):
        known = replace(
            terms,
            draws=tuple(draw for draw in terms.draws if draw[0] <= day),
            rates=tuple(rate for rate in terms.rates if rate[0] <= day),
        )
        first = max(_period_of(terms, day), terms.grace)
        amounts[first:] = _best_instalment(known, amounts, first)
    return _lines(terms, amounts)


def _best_instalment(terms: Terms, amounts: Sequence[Decimal], first: int) -> list[Decimal]:
    # Rounding, and a first period that is shorter, leave a last instalment that differs from the others:
    # the difference is spread over all for as long as that brings the last one nearer to them.
    count = len(terms.dates) - 1
    remaining = count - first
    owed = _owed_at(terms, amounts, first)
    amount = rounded(_annuity(owed, [_rate(terms, n) for n in range(first, count)]), terms.unit)
    gap = _last_gap(terms, [*amounts[:first], *[amount] * remaining])
    while abs(gap) * 100 > remaining // 2 > 0:
        nearer = rounded(amount + gap / remaining, terms.unit)
        nearer_gap = _last_gap(terms, [*amounts[:first], *[nearer] * remaining])
        if abs(nearer_gap) >= abs(gap):
            break
        amount, gap = nearer, nearer_gap
    return [amount] * remaining


def _annuity(owed: Decimal, rates: Sequence[Decimal]) -> Decimal:
    # B · Π(1 + r) ÷ f, f₁ = 1, fₖ = fₖ₋₁ · (1 + rₖ) + 1
    growth = divisor = Decimal(1)
    for n, rate in enumerate(rates):
        growth *= 1 + rate
        divisor = divisor * (1 + rate) + 1 if n else divisor
    return owed * growth / divisor


def _last_gap(terms: Terms, amounts: Sequence[Decimal]) -> Decimal:
    last = _lines(terms, amounts)[-1]
    return last.principal_due + last.interest_due - amounts[-1]


def _lines(terms: Terms, amounts: Sequence[Decimal]) -> list[Instalment]:
    owed = ZERO
    lines = []
    for n, due in enumerate(terms.dates[1:]):
        interest = _interest(terms, n, owed)
        owed += sum((amount for day, amount in _draws(terms) if _period_of(terms, day) == n), ZERO)
        last = n == len(terms.dates) - 2
        principal = owed if last else ZERO if n < terms.grace else amounts[n] - interest
        lines.append(Instalment(n + 1, due, principal, interest))
        owed -= principal
    return lines


def _owed_at(terms: Terms, amounts: Sequence[Decimal], first: int) -> Decimal:
    drawn = sum((amount for day, amount in _draws(terms) if _period_of(terms, day) <= first), ZERO)
    return drawn - sum((line.principal_due for line in _lines(terms, amounts)[:first]), ZERO)


def _draws(terms: Terms) -> tuple[tuple[date, Decimal], ...]:
    return ((terms.drawn_on or terms.dates[0], terms.amount), *terms.draws)


def _period_of(terms: Terms, day: date) -> int:
    return sum(day >= due for due in terms.dates[1:-1])


def _interest(terms: Terms, n: int, owed: Decimal) -> Decimal:
    # Each stretch of the period between two draws or changes of rate bears its own interest, in whole cents.
    start, end = terms.dates[n], terms.dates[n + 1]
    days = {day for day, _ in (*_draws(terms), *terms.rates) if start < day < end}
    interest = ZERO
    for begin, stop in pairwise([start, *sorted(days), end]):
        owed += sum((amount for day, amount in _draws(terms) if day == begin), ZERO)
        interest += rounded(owed * _stretch(terms, n, begin, stop))
    return interest


def _rate(terms: Terms, n: int) -> Decimal:
    start, end = terms.dates[n], terms.dates[n + 1]
    cuts = sorted(day for day, _ in terms.rates if start < day < end)
    return sum((_stretch(terms, n, begin, stop) for begin, stop in pairwise([start, *cuts, end])), ZERO)


def _stretch(terms: Terms, n: int, begin: date, stop: date) -> Decimal:
    percent = [terms.annual_rate, *(rate for day, rate in sorted(terms.rates) if day <= begin)][-1]
    annual = percent / 100
    if terms.basis == "30/360":
        months = terms.months[n] if len(terms.months) > 1 else terms.months[0]
        whole = (terms.dates[n + 1] - terms.dates[n]).days
        return annual * months / 12 * (stop - begin).days / whole
    if terms.basis == "actual/actual":
        return annual * _years(begin, stop)
    return annual * (stop - begin).days / int(terms.basis.removeprefix("actual/"))


def _years(begin: date, stop: date) -> Decimal:
    # The last day of a year already counts in the next one's length.
    years = ZERO
    while begin < stop:
        turn = min(date(begin.year + ((begin + timedelta(1)).year > begin.year), 12, 31), stop)
        years += Decimal((turn - begin).days) / (365 + calendar.isleap((begin + timedelta(1)).year))
        begin = turn
    return years
