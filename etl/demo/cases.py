"""Cases planted in a city: a few of every finding, so that each work list has something to look at."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from etl.demo import money, people
from etl.demo.calendar import NEVER, Days, months_of, years_of
from etl.demo.frames import Frame, joined, length, serials, taken
from etl.demo.loans import PERSONAL
from etl.demo.people import DECEASED, MOVED, OTHER, retirement
from etl.demo.plan import Part, Plan
from etl.demo.work import EXPIRED, FLEXIBLE, RETIRED_FROM_WORK, WELFARE, last_of_person

# A larger city has no more of them: they are to be seen, not to weigh.
_PARTS: Final = 8
_EACH: Final = 2
EXTRA: Final = 90_000_001
_OVER_CAP: Final = 35_000_000
_OVER_TERM: Final = 48
_TOO_MUCH: Final = 20_000


def _first(mask: NDArray[np.bool_], part: Part, many: int = _EACH) -> Days:
    return np.flatnonzero(mask)[:many] if part.number < _PARTS else np.empty(0, dtype=np.int64)


def keep_working(plan: Plan, part: Part, placements: Frame) -> None:
    """Let a few go on where they should have ended: beyond the entitlement (`_overlong`), beyond working age."""
    size = length(placements)
    overlong = _first(placements["_earlier"] & (placements["end_reason"] == EXPIRED), part, 1)
    retired = placements["end_reason"] == RETIRED_FROM_WORK
    overage = _first(retired & (placements["ended_on"] < plan.calendar.end - 200), part)
    for name, rows in (("_overlong", overlong), ("_overage", overage)):
        placements[name] = np.zeros(size, dtype=bool)
        placements[name][rows] = True
        placements["ended_on"][rows] = NEVER
        placements["end_reason"][rows] = -1


def twice_and_mistaken(plan: Plan, part: Part, persons: Frame, spells: Frame) -> Frame:
    """The register with a few persons registered twice, and a few whose sex or birth date is not their ID number's."""
    rows = _first(spells["_closed"] == NEVER, part, 4)[2:]
    later = persons["registered_on"][rows] + 40
    rows, later = rows[later <= plan.calendar.end], later[later <= plan.calendar.end]
    again = taken(persons, rows)
    again["registered_on"] = later
    again["registration_no"] = serials(part.number, len(rows), begin=EXTRA)
    again["community_code"] = np.full(len(rows), persons["community_code"][-1])
    again["certificate_no"], again["certificate_on"] = np.full(len(rows), -1), np.full(len(rows), NEVER)
    mistaken = _first(np.ones(length(persons), dtype=bool), part, 11)[7:]
    persons["sex"][mistaken[:2]] = 1 - persons["sex"][mistaken[:2]]
    persons["birth_date"][mistaken[2:]] += 30
    return joined([persons, again])


def placed_outside(plan: Plan, part: Part, spells: Frame, placements: Frame) -> Frame:
    """`placements` with a few of persons who had left the register for another reason, or were not yet on it."""
    left = (spells["_reason"] == OTHER) & (spells["_closed"] < plan.calendar.end - 60)
    left &= spells["_closed"] > plan.calendar.start
    rows = _first(left & ~np.isin(spells["_person"], placements["_person"]), part)
    before = np.arange(len(rows)) % 2 == 1
    placed = np.where(before, spells["_registered"][rows] - 12, spells["_closed"][rows] + 25)
    extra = taken(placements, np.zeros(len(rows), dtype=np.int64))
    for name in ("_person", "_female", "_birth", "_hardship", "_community", "_household", "_zero", "_registered"):
        extra[name] = spells[name][rows]
    extra["registration_no"] = spells["_registration"][rows]
    extra["placed_on"], extra["ended_on"] = placed, np.full(len(rows), NEVER)
    extra["end_reason"], extra["post_no"] = np.full(len(rows), -1), np.full(len(rows), -1)
    extra["channel"] = np.full(len(rows), FLEXIBLE)
    extra["_earlier"] = extra["_overlong"] = extra["_overage"] = np.zeros(len(rows), dtype=bool)
    extra["placement_no"] = serials(part.number, len(rows), begin=EXTRA)
    return joined([placements, extra])


def stretch(part: Part, loans: Frame) -> None:
    """Lend a little too much, and a little too long, here and there."""
    made = (loans["disbursed_on"] < NEVER) & (loans["product"] == PERSONAL)
    rows = _first(made, part)
    if part.number < _EACH:
        loans["amount"][rows[:1]] = _OVER_CAP
    loans["term_months"][rows[1:]] = _OVER_TERM


def overpaid(plan: Plan, part: Part, loans: Frame, repayments: Frame) -> Frame:
    """`repayments` with one more instalment on a few loans that were repaid already."""
    borrowers = repayments["kind"] <= 1
    loan, where = np.unique(repayments["loan_no"][borrowers], return_inverse=True)
    received = np.bincount(where, repayments["principal"][borrowers], len(loan)).astype(np.int64)
    last = np.zeros(len(loan), dtype=np.int64)
    np.maximum.at(last, where, repayments["paid_on"][borrowers])
    settled = received == loans["amount"][np.searchsorted(loans["loan_no"], loan)]
    rows = _first(settled & (last < plan.calendar.end - 40), part, 1)
    template = taken(repayments, np.searchsorted(np.sort(repayments["loan_no"]), loan[rows]) * 0)
    template["loan_no"], template["paid_on"] = loan[rows], last[rows] + 30
    template["principal"], template["interest"] = np.full(len(rows), _TOO_MUCH), np.zeros(len(rows), dtype=np.int64)
    template["kind"], template["reverses"] = np.zeros(len(rows), dtype=np.int64), np.full(len(rows), -1)
    template["_community"] = loans["_community"][np.searchsorted(loans["loan_no"], loan[rows])]
    template["payment_no"] = serials(part.number, len(rows), begin=EXTRA)
    return joined([repayments, template])


def doubtful(plan: Plan, part: Part, work: dict[str, Frame], spells: Frame) -> Frame:
    """The subsidies of `work` with a few that should not have been paid."""
    subsidies, placements = work["subsidies"], work["placements"]
    end = plan.calendar.end
    posts = (subsidies["kind"] == money.POST) & (subsidies["paid_on"] < end - 30)
    twice = taken(subsidies, _first(posts, part))
    twice["paid_on"] = twice["paid_on"] + 22
    gone = (placements["channel"] == WELFARE) & (placements["ended_on"] < end - 190) & last_of_person(placements)
    gone &= placements["placed_on"] >= plan.calendar.start
    without = _wrong(subsidies, placements, _first(gone, part), money.POST, "ended_on")
    over = _wrong(subsidies, placements, _first(placements["_overage"], part), money.INSURANCE, "_retired")
    left = (spells["_reason"] == MOVED) | (spells["_reason"] == DECEASED)
    left &= (spells["_closed"] > plan.calendar.start) & (spells["_closed"] < end - 190)
    left &= ~np.isin(spells["_person"], placements["_person"])
    after = _wrong(subsidies, spells, _first(left, part), money.TRAINING, "_closed")
    extra = joined([twice, without, over, after])
    extra["payment_no"] = serials(part.number, length(extra), begin=EXTRA)
    extra["approved_on"] = extra["paid_on"] - 8
    return joined([subsidies, extra])


def _wrong(subsidies: Frame, found: Frame, rows: Days, kind: int, since: str) -> Frame:
    # Three months that begin after the day in column `since` (the end of working age, for `_retired`).
    extra = taken(subsidies, np.zeros(len(rows), dtype=np.int64))
    of = taken(found, rows)
    begin = retirement(of) if since == "_retired" else of[since]
    month = months_of(begin) + 1
    extra["registration_no"] = of["registration_no"] if "registration_no" in of else of["_registration"]
    extra["_community"] = of["_community"]
    extra["community_code"] = people.codes_of(of["_community"])
    extra["kind"] = np.full(len(rows), kind)
    extra["period_start"], extra["period_end"] = month, month + 2
    extra["paid_on"] = begin + 150
    extra["amount"] = np.full(len(rows), 99_000)
    extra["employer_code"] = np.full(len(rows), -1)
    extra["funding_source"] = np.full(len(rows), money.CITY if kind == money.POST else money.PROVINCE)
    extra["budget_year"] = years_of(extra["paid_on"])
    return extra
