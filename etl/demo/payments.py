"""Instalments of disbursed loans, and the money that came in: paid, prepaid, compensated, recovered, reversed."""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

import numpy as np

from etl.demo.calendar import NEVER, Days
from etl.demo.frames import Frame, joined, length, serials, taken
from etl.demo.loans import behaviour, due_days
from etl.demo.plan import Part, Plan
from etl.demo.schedule import schedule

_REPAYMENT, _PREPAYMENT, _COMPENSATION, _RECOVERY, _REVERSAL = range(5)
_METHODS: Final = ("monthly", "quarterly", "bullet")
_ANY_MONTH: Final = date(2024, 1, 15)


@lru_cache(maxsize=4096)
def terms(cents: int, rate: int, months: int, method: int) -> tuple[tuple[int, int, int], ...]:
    """Months after disbursement, principal and interest (cents) of each instalment; `rate` in 1/100 %."""
    lines = schedule(Decimal(cents) / 100, Decimal(rate) / 100, months, _ANY_MONTH, _METHODS[method])
    first = _ANY_MONTH.year * 12 + _ANY_MONTH.month - min(months, 1 if method == 0 else 3)
    return tuple(
        (line.due_on.year * 12 + line.due_on.month - first, int(line.principal_due * 100), int(line.interest_due * 100))
        for line in lines
    )


def repaid(plan: Plan, part: Part, loans: Frame) -> tuple[Frame, Frame]:
    """Instalments and repayments of `loans`; sets `written_off_on` of those given up."""
    made = np.flatnonzero(loans["disbursed_on"] < NEVER)
    found = taken(loans, made)
    found.update(behaviour(plan, part, found))
    lines = _lines(found)
    if not length(lines):
        return {}, {}
    _settle(found, lines)
    given_up = np.where(found["_missed_on"] < NEVER, found["_missed_on"] + found["_until_written_off"], NEVER)
    given_up = np.where(found["_compensated_on"] < NEVER, NEVER, given_up)
    loans["written_off_on"][made] = np.where(given_up > plan.calendar.end, NEVER, given_up)
    paid = joined([*_regular(found, lines), _prepaid(found), *_compensated(found)])
    paid = taken(paid, np.flatnonzero(paid["paid_on"] <= plan.calendar.end))
    paid["payment_no"] = serials(part.number, length(paid))
    return _instalments(lines), joined([paid, *_bounced(plan, part, found, paid)])


def _lines(found: Frame) -> Frame:
    columns = (found[name].tolist() for name in ("amount", "_rate", "term_months", "repayment_method"))
    schedules = [terms(*row) for row in zip(*columns, strict=True)]
    counts = np.array([len(lines) for lines in schedules], dtype=np.int64)
    if not counts.sum():
        return {}
    flat = np.array([line for lines in schedules for line in lines], dtype=np.int64)
    of = np.repeat(np.arange(len(schedules)), counts)
    number = np.arange(len(of)) - np.repeat(np.cumsum(counts) - counts, counts)
    return {
        "_of": of,
        "_count": counts[of],
        "_number": number,
        "loan_no": found["loan_no"][of],
        "_community": found["_community"][of],
        "due_on": due_days(found["disbursed_on"][of], flat[:, 0]),
        "principal": flat[:, 1],
        "interest": flat[:, 2],
    }


def _settle(found: Frame, lines: Frame) -> None:
    # A line is paid in the ordinary way before the place where the loan stops or is prepaid.
    place = lines["_number"] / lines["_count"]
    stop, prepay = found["_stops_at"][lines["_of"]], found["_prepays_at"][lines["_of"]]
    lines["_regular"] = place < np.minimum(stop, prepay)
    first_missed = ~lines["_regular"] & np.append(True, lines["_regular"][:-1] | (np.diff(lines["_of"]) > 0))
    size = length(found)
    rows = np.flatnonzero(first_missed)
    open_due = np.full(size, NEVER, dtype=np.int64)
    open_due[lines["_of"][rows]] = lines["due_on"][rows]
    left = np.bincount(lines["_of"], np.where(lines["_regular"], 0, lines["principal"]), size).astype(np.int64)
    owed = np.zeros(size, dtype=np.int64)
    owed[lines["_of"][rows]] = lines["interest"][rows]
    stops = found["_stops_at"] < 1
    found["_left"], found["_interest_owed"] = left, owed
    found["_missed_on"] = np.where(stops, open_due, NEVER)
    # Prepayment comes some days before the next instalment.
    found["_prepaid_on"] = np.where(found["_prepays_at"] < 1, open_due - 9, NEVER)
    compensated = np.where(stops, open_due + found["_until_compensated"], NEVER)
    found["_compensated_on"] = np.where(compensated > NEVER - 1, NEVER, compensated)


def _instalments(lines: Frame) -> Frame:
    return {
        "loan_no": lines["loan_no"],
        "instalment_no": lines["_number"] + 1,
        "due_on": lines["due_on"],
        "principal_due": lines["principal"],
        "interest_due": lines["interest"],
        "_regular": lines["_regular"],
        "_community": lines["_community"],
    }


def _payment(kind: int, of: Frame, day: Days, principal: Days, interest: Days) -> Frame:
    return {
        "loan_no": of["loan_no"],
        "paid_on": day,
        "principal": principal,
        "interest": interest,
        "kind": np.full(length(of), kind, dtype=np.int64),
        "reverses": np.full(length(of), -1, dtype=np.int64),
        "_community": of["_community"],
    }


def _regular(found: Frame, lines: Frame) -> list[Frame]:
    rows = taken(lines, np.flatnonzero(lines["_regular"]))
    late = found["_late"][rows["_of"]]
    # A careless payer is late by his habit, but not every time.
    late = np.where((late > 0) & (rows["_number"] % 3 == 0), 0, late)
    day = rows["due_on"] + late
    return [_payment(_REPAYMENT, rows, day, rows["principal"], rows["interest"])]


def _prepaid(found: Frame) -> Frame:
    rows = taken(found, np.flatnonzero(found["_prepaid_on"] < NEVER))
    interest = rows["_interest_owed"] // 2
    return _payment(_PREPAYMENT, rows, rows["_prepaid_on"], rows["_left"], interest)


def _compensated(found: Frame) -> list[Frame]:
    rows = taken(found, np.flatnonzero(found["_compensated_on"] < NEVER))
    day, owed = rows["_compensated_on"], rows["_interest_owed"]
    paid = _payment(_COMPENSATION, rows, day, rows["_left"], owed)
    back = taken(rows, np.flatnonzero(rows["_recovers"]))
    sums = (back["_left"] * back["_recovered"]).astype(np.int64) // 100 * 100
    later = back["_compensated_on"] + back["_until_recovery"]
    recovered = _payment(_RECOVERY, back, later, sums, np.zeros_like(sums))
    return [paid, recovered]


def _bounced(plan: Plan, part: Part, found: Frame, paid: Frame) -> list[Frame]:
    # A payment that bounces is reversed some days later, and paid again in the week after.
    bouncing = found["loan_no"][found["_bounces"]]
    candidates = np.flatnonzero(np.isin(paid["loan_no"], bouncing) & (paid["kind"] == _REPAYMENT))
    _, first = np.unique(paid["loan_no"][candidates], return_index=True)
    wrong = taken(paid, candidates[first])
    wrong = taken(wrong, np.flatnonzero(wrong["paid_on"] + 12 <= plan.calendar.end))
    reversal = _payment(_REVERSAL, wrong, wrong["paid_on"] + 3, wrong["principal"], wrong["interest"])
    reversal["reverses"] = wrong["payment_no"]
    again = _payment(_REPAYMENT, wrong, wrong["paid_on"] + 10, wrong["principal"], wrong["interest"])
    for place, rows in enumerate((reversal, again)):
        begin = length(paid) + 1 + place * length(wrong)
        rows["payment_no"] = serials(part.number, length(wrong), begin=begin)
    return [reversal, again]


def daily_changes(loans: Frame, paid: Frame, days: int, start: int) -> tuple[Days, Days]:
    """By day from `start`: change of the outstanding principal, and of the fund (recovery − compensation), in cents."""
    change, fund = np.zeros(days, dtype=np.int64), np.zeros(days, dtype=np.int64)
    made = loans["disbursed_on"] < NEVER
    np.add.at(change, loans["disbursed_on"][made] - start, loans["amount"][made])
    if not length(paid):
        return change, fund
    sign = np.select([paid["kind"] <= _COMPENSATION, paid["kind"] == _REVERSAL], [-1, 1], 0)
    np.add.at(change, paid["paid_on"] - start, sign * paid["principal"])
    whole = paid["principal"] + paid["interest"]
    sign = np.select([paid["kind"] == _COMPENSATION, paid["kind"] == _RECOVERY], [-1, 1], 0)
    np.add.at(fund, paid["paid_on"] - start, sign * whole)
    return change, fund
