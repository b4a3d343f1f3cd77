"""Subsidies: what is paid for posts, insurance, referrals, trainings, placements, loans, and fees forgone."""

from typing import Final

import numpy as np

from etl.demo.calendar import NEVER, Days, first_days, months_of, years_of
from etl.demo.frames import Frame, choice, happens, joined, length, serials, taken
from etl.demo.loans import MONTHLY
from etl.demo.people import is_4050, retirement
from etl.demo.plan import Part, Plan
from etl.demo.work import FLEXIBLE, GREEN, MARKET, SELF, WELFARE, active_months

POST, INSURANCE, INTERMEDIATION, TRAINING, AWARD, LOAN_INTEREST, FEE_WAIVER = range(7)
CENTRAL, PROVINCE, CITY, DISTRICT = range(4)
# Yuan a month (post, insurance) by year; so chosen that the four kinds cost a year what the report on Jinan states.
_MONTHLY: Final = {POST: (330, 345, 360, 375), INSURANCE: (240, 250, 260, 275)}
_PER_REFERRAL, _PER_TRAINING, _PER_PLACEMENT, _PER_WAIVER = 120, 600, 500, 168
_ENTITLED_MONTHS: Final = 36
_AWARD_CONTRACT: Final = 36
_MONTHS_TOO_MANY: Final = 5
_SHARE_OF_INTEREST: Final = 2  # half of it
_FIRST_RATE: Final = 2023


def subsidies(plan: Plan, part: Part, work: dict[str, Frame]) -> Frame:
    """All payments for the placements, referrals, trainings and loans of `part` (frames by table, in `work`)."""
    rng = plan.rng(40, part.number)
    placements = work["placements"]
    rows = [
        *_monthly(plan, rng, placements),
        _of_referrals(rng, work["referrals"], placements),
        _of_trainings(rng, work["trainings"]),
        _of_placements(rng, placements),
        _of_loans(rng, work["loans"], work["instalments"]),
        _waived(rng, placements),
    ]
    paid = joined(rows)
    paid = taken(paid, np.flatnonzero(paid["paid_on"] <= plan.calendar.end))
    paid["payment_no"] = serials(part.number, length(paid))
    paid["approved_on"] = paid["paid_on"] - rng.integers(5, 15, length(paid))
    # What was earned in autumn and paid in January still comes out of the old year's budget.
    late = (paid["period_end"] >= 0) & (paid["kind"] == TRAINING)
    paid["budget_year"] = years_of(paid["paid_on"] - np.where(late, 31, 0))
    return paid


def _monthly(plan: Plan, rng: np.random.Generator, placements: Frame) -> list[Frame]:
    hard = is_4050(placements["_female"], placements["_birth"], placements["placed_on"])
    welfare = placements["channel"] == WELFARE
    hired = np.isin(placements["channel"], (MARKET, GREEN, FLEXIBLE)) & hard & happens(rng, 0.16, len(hard))
    frames = []
    for kind, entitled, sources in (
        (POST, welfare, (CITY, DISTRICT)),
        (INSURANCE, welfare | hired, (CENTRAL, PROVINCE)),
    ):
        found = taken(placements, np.flatnonzero(entitled))
        source = np.array(sources)[choice(rng, (58, 42), length(found))]
        frames.append(_by_quarter(plan, rng, found, kind, source))
    return frames


def _by_quarter(plan: Plan, rng: np.random.Generator, found: Frame, kind: int, source: Days) -> Frame:
    begin, last = active_months(found, plan.calendar.end)
    # From the month after the placement (so that two jobs never share a month), until the age is reached.
    begin = begin + 1
    last = np.minimum(last, months_of(retirement(found) - 4))
    entitled = _ENTITLED_MONTHS + np.where(found["_overlong"] & (kind == POST), _MONTHS_TOO_MANY, 0)
    last = np.minimum(last, begin + entitled - 1)
    quarters = np.maximum(last // 3 - begin // 3 + 1, 0)
    counts = np.where(last >= begin, quarters, 0)
    of = np.repeat(np.arange(length(found)), counts)
    quarter = begin[of] // 3 + np.arange(len(of)) - np.repeat(np.cumsum(counts) - counts, counts)
    start, end = np.maximum(begin[of], quarter * 3), np.minimum(last[of], quarter * 3 + 2)
    # In the last days of the quarter, so that the year's budget pays for the year.
    paid = first_days(quarter * 3 + 3) - rng.integers(2, 13, len(of))
    rates = np.array(_MONTHLY[kind])
    rate = rates[np.clip(quarter // 4 - _FIRST_RATE, 0, len(rates) - 1)]
    rows = _once(taken(found, of), kind, 0, paid, rate * (end - start + 1) * 100)
    return {**rows, "period_start": start, "period_end": end, "funding_source": source[of]}


def _once(found: Frame, kind: int, source: int, paid: Days, cents: Days) -> Frame:
    size = length(found)
    return {
        "kind": np.full(size, kind, dtype=np.int64),
        "registration_no": found["registration_no"],
        "employer_code": np.full(size, -1, dtype=np.int64),
        "community_code": found["community_code"],
        "period_start": np.full(size, -1, dtype=np.int64),
        "period_end": np.full(size, -1, dtype=np.int64),
        "paid_on": paid,
        "amount": cents,
        "funding_source": np.full(size, source, dtype=np.int64),
        "_community": found["_community"],
    }


def _of_referrals(rng: np.random.Generator, referrals: Frame, placements: Frame) -> Frame:
    # Paid for referrals that led to a job with a contract; credited where the placement is.
    good = np.isin(placements["registration_no"], referrals["registration_no"][referrals["outcome"] == 0])
    found = taken(placements, np.flatnonzero(good & (placements["contract_months"] > 0)))
    found = taken(found, np.flatnonzero(happens(rng, 0.7, length(found))))
    paid = found["placed_on"] + rng.integers(40, 110, length(found))
    return _once(found, INTERMEDIATION, CITY, paid, np.full(length(found), _PER_REFERRAL * 100))


def _of_trainings(rng: np.random.Generator, trainings: Frame) -> Frame:
    found = taken(trainings, np.flatnonzero((trainings["passed"] == 1) & (trainings["finished_on"] < NEVER)))
    paid = found["finished_on"] + rng.integers(25, 85, length(found))
    rows = _once(found, TRAINING, PROVINCE, paid, np.full(length(found), _PER_TRAINING * 100))
    rows["period_start"], rows["period_end"] = months_of(found["started_on"]), months_of(found["finished_on"])
    return rows


def _of_placements(rng: np.random.Generator, placements: Frame) -> Frame:
    found = taken(placements, np.flatnonzero(placements["contract_months"] >= _AWARD_CONTRACT))
    found = taken(found, np.flatnonzero((found["channel"] != WELFARE) & happens(rng, 0.8, length(found))))
    paid = found["placed_on"] + rng.integers(60, 150, length(found))
    rows = _once(found, AWARD, DISTRICT, paid, np.full(length(found), _PER_PLACEMENT * 100))
    # The award goes to the employer; the payment names him beside the person.
    rows["employer_code"] = found["placement_no"]
    return rows


def _of_loans(rng: np.random.Generator, loans: Frame, instalments: Frame) -> Frame:
    if not length(instalments):
        return {}
    of = np.searchsorted(loans["loan_no"], instalments["loan_no"])
    given = (loans["interest_subsidised"][of] == 1) & instalments["_regular"]
    # Monthly borrowers are paid for once a quarter, so no more than every third of their instalments makes a payment.
    monthly = (loans["repayment_method"][of] == MONTHLY) & (instalments["instalment_no"] % 3 != 0)
    rows = np.flatnonzero(given & ~monthly)
    found = taken(loans, of[rows])
    every = np.where(found["repayment_method"] == MONTHLY, 3, 1)
    cents = instalments["interest_due"][rows] * every // _SHARE_OF_INTEREST
    paid = instalments["due_on"][rows] + rng.integers(12, 45, len(rows))
    return _once(found, LOAN_INTEREST, CENTRAL, paid, np.maximum(cents, 1))


def _waived(rng: np.random.Generator, placements: Frame) -> Frame:
    found = taken(placements, np.flatnonzero((placements["channel"] == SELF) & ~placements["_earlier"]))
    found = taken(found, np.flatnonzero(happens(rng, 0.6, length(found))))
    paid = found["placed_on"] + rng.integers(20, 90, length(found))
    cents = np.round(_PER_WAIVER * rng.lognormal(0, 0.3, length(found))).astype(np.int64) * 100
    return _once(found, FEE_WAIVER, DISTRICT, paid, cents)
