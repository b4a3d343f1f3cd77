"""Guaranteed small loans: who borrows, how the application runs, what is owed and what is paid."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from etl.demo.calendar import NEVER, Days, years_of
from etl.demo.frames import Frame, choice, happens, length, serials, taken
from etl.demo.plan import Part, Plan, credited
from etl.demo.work import ENTITY, FLEXIBLE, SELF

PERSONAL, PARTNERSHIP, SMALL_FIRM = range(3)
MONTHLY, QUARTERLY, BULLET = range(3)
_APPROVED, _REFUSED, _WITHDRAWN = range(3)
# Share of the placed of a channel that apply; so chosen that as many loans are made as the report on Harbin counts.
_APPLYING: Final = {SELF: 0.98, FLEXIBLE: 0.50, ENTITY: 0.27}
# By product: share, smallest and largest amount in thousands (most borrow round sums), jobs created on average.
_SHARES: Final = (94, 4, 2)
_AMOUNTS: Final = ((8, 26), (30, 61), (90, 171))
_JOBS: Final = (2.0, 5.0, 9.0)
_ROUND: Final = (10, 15, 20)
_TERMS: Final = ((12, 24, 24, 36), (24, 36), (12, 24))
_RATES: Final = {2023: 365, 2024: 345, 2025: 310, 2026: 300}
_FLOATED: Final = 100
# The lending quarter that goes bad: one bank took over applications without visiting the projects.
_BAD_QUARTER: Final = (2024, 8)
_BAD_BANK: Final = 1


def applications(plan: Plan, part: Part, placements: Frame) -> Frame:
    """Loans of `part`, from the application to the disbursement."""
    rng = plan.rng(30, part.number)
    share = np.zeros(9)
    share[list(_APPLYING)] = list(_APPLYING.values())
    asks = rng.random(length(placements)) < share[placements["channel"]]
    rows = np.flatnonzero(asks & (placements["placed_on"] >= plan.calendar.start) & ~placements["_zero"])
    found = taken(placements, rows)
    earliest = np.maximum(found["_registered"] + 2, plan.calendar.start)
    applied = np.maximum(found["placed_on"] + rng.integers(-15, 80, len(rows)), earliest)
    # One loan a person: the first for which he asked.
    kept = np.sort(np.unique(found["_person"], return_index=True)[1])
    kept = kept[applied[kept] <= plan.calendar.end]
    found, applied = taken(found, kept), applied[kept]
    loans: Frame = {
        "_registered": found["_registered"],
        "_community": found["_community"],
        "loan_no": serials(part.number, len(kept)),
        "registration_no": found["registration_no"],
        "community_code": credited(found["_community"], applied, rng),
        "bank": choice(rng, (40, 26, 22, 12), len(kept)),
        "applied_on": applied,
        "counter_guarantee": choice(rng, (46, 12, 5, 19, 18), len(kept)),
        "repayment_method": choice(rng, (42, 43, 15), len(kept)),
        "interest_subsidised": happens(rng, 0.55, len(kept)).astype(np.int64),
    }
    _terms(rng, loans)
    _pipeline(plan, rng, loans)
    return loans


def _terms(rng: np.random.Generator, loans: Frame) -> None:
    size = length(loans)
    product = choice(rng, _SHARES, size)
    bounds = np.array(_AMOUNTS)[product]
    thousands = rng.integers(bounds[:, 0], bounds[:, 1])
    rounded = np.array(_ROUND)[rng.integers(0, len(_ROUND), size)]
    thousands = np.where((product == PERSONAL) & happens(rng, 0.7, size), rounded, thousands)
    terms = np.array([[row[n % len(row)] for n in range(4)] for row in _TERMS])
    year = np.clip(years_of(loans["applied_on"]), min(_RATES), max(_RATES))
    base = np.array([_RATES[each] for each in range(min(_RATES), max(_RATES) + 1)])[year - min(_RATES)]
    staff = rng.integers(12, 60, size)
    firm = product == SMALL_FIRM
    loans["product"] = product
    loans["amount"] = thousands * 100_000
    loans["term_months"] = terms[product, rng.integers(0, 4, size)]
    loans["_rate"] = base + np.where(happens(rng, 0.5, size), _FLOATED, 0)
    loans["annual_rate"] = loans["_rate"] / 100
    loans["jobs_created"] = 1 + rng.poisson(np.array(_JOBS)[product])
    loans["firm_staff"] = np.where(firm, staff, -1)
    loans["firm_hired"] = np.where(firm, (staff * rng.uniform(0.3, 0.6, size)).astype(np.int64), -1)


def _pipeline(plan: Plan, rng: np.random.Generator, loans: Frame) -> None:
    size = length(loans)
    quality = plan.quality_at(loans["_community"], loans["applied_on"])
    # Joint approval within 24 hours for a tenth; for the others each desk takes its days.
    fast = happens(rng, 0.1, size)
    slow = np.exp(-0.15 * quality)
    day = loans["applied_on"]
    for column, longest in (("community_on", 5), ("street_on", 6), ("district_on", 8), ("decided_on", 6)):
        wait = (rng.random(size) ** 1.5 * longest * slow).astype(np.int64) + 1
        day = day + np.where(fast, 0, wait)
        loans[column] = day
    loans["decision"] = choice(rng, (86, 10, 4), size)
    loans["decided_on"] = loans["decided_on"] + np.where(fast, rng.integers(0, 2, size), 0)
    approved = loans["decision"] == _APPROVED
    disbursed = np.where(approved, loans["decided_on"] + rng.integers(1, 12, size), NEVER)
    for column in ("community_on", "street_on", "district_on", "decided_on"):
        loans[column] = np.where(loans[column] > plan.calendar.end, NEVER, loans[column])
    loans["disbursed_on"] = np.where(disbursed > plan.calendar.end, NEVER, disbursed)
    loans["written_off_on"] = np.full(size, NEVER, dtype=np.int64)


def behaviour(plan: Plan, part: Part, loans: Frame) -> Frame:
    """How each disbursed loan of `loans` is repaid: days late, the instalment at which it stops, what follows then."""
    rng = plan.rng(31, part.number)
    size = length(loans)
    quality = plan.quality_at(loans["_community"], loans["disbursed_on"])
    month = loans["disbursed_on"].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12
    year, start = _BAD_QUARTER
    bad = (month >= year * 12 + start - 2) & (month <= year * 12 + start) & (loans["bank"] == _BAD_BANK)
    stops = rng.random(size) < np.where(bad, 0.34, 0.045 * np.exp(-0.35 * quality))
    sloppy = ~stops & happens(rng, 0.10, size)
    prepays = ~stops & ~sloppy & happens(rng, 0.09, size)
    late = np.where(sloppy, rng.integers(4, 50, size), -rng.integers(0, 4, size))
    return {
        "_stops_at": np.where(stops, rng.random(size), 2.0),
        "_prepays_at": np.where(prepays, rng.uniform(0.25, 0.9, size), 2.0),
        "_late": late,
        "_until_compensated": np.where(happens(rng, 0.55, size), rng.integers(100, 210, size), NEVER),
        "_until_recovery": rng.integers(40, 240, size),
        "_recovered": rng.uniform(0.25, 0.9, size),
        "_recovers": happens(rng, 0.7, size),
        "_until_written_off": np.where(happens(rng, 0.12, size), rng.integers(380, 500, size), NEVER),
        "_bounces": happens(rng, 0.02, size),
    }


def due_days(disbursed: Days, months_later: NDArray[np.int64]) -> Days:
    """The same day of the month `months_later`, or that month's last day."""
    begin = disbursed.astype("datetime64[D]").astype("datetime64[M]")
    dom = disbursed - begin.astype("datetime64[D]").astype(np.int64)
    month = begin.astype(np.int64) + months_later
    first = month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    following = (month + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    due: Days = np.minimum(first + dom, following - 1)
    return due
