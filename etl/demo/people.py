"""Who registers as unemployed, when, with what hardship, and how the spell ends."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from etl.demo import regions
from etl.demo.calendar import NEVER, Days
from etl.demo.frames import Frame, happens, serials
from etl.demo.names import POOLS, invented_names
from etl.demo.plan import Part, Plan, credited

YEAR: Final = 365.25
PLACED, RETIRED, MOVED, DECEASED, OTHER = range(5)
# category: share, mean age, its spread, youngest (in the contract's order of categories).
_CATEGORIES: Final = (
    (0.46, 43.0, 8.0, 22), (0.27, 38.5, 10.0, 18), (0.11, 22.6, 1.4, 20),
    (0.05, 27.0, 4.0, 20), (0.06, 41.0, 9.0, 20), (0.05, 36.0, 9.0, 18),
)  # fmt: skip
_GRADUATE: Final = 2
_OWN_CAUSE: Final = (-1, -1, 6, 7, 5, 5)
_CAUSES_OF_WORKERS: Final = 5
# hardship: share among the others, share among 4050 (in the contract's order, each a bit of a number).
_HARDSHIP: Final = ((0.010, 0.05), (0.003, 0.012), (0.004, 0.018), (0.062, 0.60), (0.003, 0.05), (0.001, 0.002))
BOTH_LAID_OFF: Final = 1 << 3
_FIRST_JOB_MEAN: Final = 385.0
_EARLIER, _STOCK = 0.03, 0.24


def registrations(plan: Plan, part: Part) -> Frame:
    """One spell of unemployment for each person of `part`; events that never happen are on the day `NEVER`."""
    rng = plan.rng(1, part.number)
    community = np.repeat(part.communities, plan.persons[part.communities])
    size = len(community)
    group = rng.random(size)
    female = happens(rng, 0.47, size)
    category = rng.choice(len(_CATEGORIES), size, p=[row[0] for row in _CATEGORIES]).astype(np.int64)
    registered = _registered_on(plan, rng, group, category)
    birth = registered - _ages(rng, category, female)
    frame: Frame = {
        "_person": serials(part.number, size),
        "_community": community,
        "_female": female,
        "_birth": birth,
        "_registered": registered,
        "_earlier": group < _EARLIER,
        "category": category,
        "name": invented_names(rng, female),
        "phone": rng.integers(0, 10**7, size),
        "_hardship": _hardship(rng, is_4050(female, birth, registered)),
    }
    _pair_spouses(rng, frame, part)
    frame["_id"] = id_numbers(frame, 990102 + part.number)
    return frame


def _registered_on(plan: Plan, rng: np.random.Generator, group: NDArray[np.float64], category: Days) -> Days:
    size, start = len(group), plan.calendar.start
    flow = plan.calendar.seasonal(rng, size)
    # Graduates come in July and August, whatever the season of others.
    summer = np.array([(np.datetime64(f"{year}-07-01")).astype(np.int64) for year in plan.calendar.years])
    leaving = summer[rng.integers(0, len(summer), size)] + rng.integers(0, 70, size)
    flow = np.where((category == _GRADUATE) & happens(rng, 0.8, size), leaving, flow)
    stock = start - 1 - np.minimum(rng.exponential(330, size), 1100).astype(np.int64)
    earlier = start - rng.integers(660, 1000, size)
    days = np.where(group < _EARLIER, earlier, np.where(group < _EARLIER + _STOCK, stock, flow))
    return np.minimum(days, plan.calendar.end - rng.integers(0, 4, size))


def _ages(rng: np.random.Generator, category: Days, female: NDArray[np.bool_]) -> Days:
    means, spreads, youngest = (np.array([row[n] for row in _CATEGORIES])[category] for n in (1, 2, 3))
    oldest = np.where(female, 54.3, 59.3)
    size = len(category)
    years = np.clip(rng.normal(means, spreads), youngest + rng.random(size), oldest - rng.random(size))
    return (years * YEAR).astype(np.int64)


def is_4050(female: NDArray[np.bool_], birth: Days, day: Days) -> NDArray[np.bool_]:
    """Women of 40 and men of 50 completed years on `day`; the birthday itself counts."""
    born = birth.astype("datetime64[D]").astype("datetime64[M]")
    now = np.minimum(day, NEVER - 1).astype("datetime64[D]").astype("datetime64[M]")
    months = (now - born).astype(np.int64)
    before = day - now.astype("datetime64[D]").astype(np.int64) < birth - born.astype("datetime64[D]").astype(np.int64)
    return np.asarray((months - before) // 12 >= np.where(female, 40, 50))


def _hardship(rng: np.random.Generator, older: NDArray[np.bool_]) -> Days:
    bits = np.zeros(len(older), dtype=np.int64)
    for bit, (others, at_4050) in enumerate(_HARDSHIP):
        bits |= (rng.random(len(older)) < np.where(older, at_4050, others)).astype(np.int64) << bit
    return bits


def _pair_spouses(rng: np.random.Generator, frame: Frame, part: Part) -> None:
    # In half of the double-laid-off households both are on the register: the next person is made the spouse.
    household = serials(part.number, len(frame["_person"]))
    first = np.flatnonzero((frame["_hardship"] & BOTH_LAID_OFF) > 0)
    first = first[happens(rng, 0.5, len(first)) & (first + 1 < len(household))]
    first = first[frame["_community"][first] == frame["_community"][np.minimum(first + 1, len(household) - 1)]]
    first = first[np.diff(first, prepend=-2) > 1]
    spouse = first + 1
    household[spouse] = household[first]
    female = ~frame["_female"][first]
    frame["_female"][spouse] = female
    frame["name"][spouse] = invented_names(rng, female)
    # A spouse is about as old, and like everybody on the register within working age.
    birth = frame["_birth"][first] + rng.integers(-1200, 1200, len(first))
    registered = frame["_registered"][spouse]
    oldest, youngest = registered - (np.where(female, 54.3, 59.3) * YEAR), registered - 20 * YEAR
    frame["_birth"][spouse] = np.clip(birth, oldest, youngest).astype(np.int64)
    frame["_hardship"][spouse] |= BOTH_LAID_OFF
    frame["_hardship"][first] |= BOTH_LAID_OFF
    frame["_household"] = household


def id_numbers(frame: Frame, area: int) -> Days:
    """The first 17 digits of each ID number: `area` (99…: assigned to no place), birth date, a sequence by sex."""
    born = frame["_birth"].astype("datetime64[D]")
    months = born.astype("datetime64[M]")
    month = months.astype(np.int64) + 1970 * 12
    written = (month // 12) * 10_000 + (month % 12 + 1) * 100 + (born - months).astype(np.int64) + 1
    group = written * 2 + frame["_female"]
    order = np.argsort(group, kind="stable")
    ranked = group[order]
    begin = np.flatnonzero(np.diff(ranked, prepend=-1))
    rank = np.arange(len(group)) - np.repeat(begin, np.diff(np.append(begin, len(group))))
    number = np.empty(len(group), dtype=np.int64)
    # 499 steps of 7 visit every odd (even) sequence once before any comes again.
    number[order] = (rank * 7 + ranked % 89) % 499 * 2 + np.where(ranked % 2 == 1, 2, 1)
    numbers: Days = area * 10**11 + written * 1000 + number
    return numbers


def end_of_spell(plan: Plan, part: Part, spells: Frame, draw: int) -> None:
    """Add `_closed` and `_reason` to `spells`: work found with the seasons, or another end before that."""
    rng = plan.rng(2, part.number, draw)
    size = len(spells["_registered"])
    registered, community = spells["_registered"], spells["_community"]
    older = is_4050(spells["_female"], spells["_birth"], registered)
    lagging = older & (part.district == regions.LAGGING_DISTRICT)
    quality = plan.quality_at(community, registered)
    mean = _FIRST_JOB_MEAN * np.exp(-0.13 * quality) * np.where(older, 1.15, 1.0) * np.where(lagging, 1.7, 1.0)
    begin = np.maximum(registered + 3, np.where(spells["_earlier"], registered + 3, plan.calendar.start))
    closed = plan.calendar.after(begin, rng.exponential(1.0, size) * mean)
    reason = rng.choice(5, size, p=[0.885, 0, 0.05, 0.005, 0.06]).astype(np.int64)
    earlier = spells["_earlier"]
    closed = np.where(earlier, plan.calendar.start - rng.integers(20, 620, size), closed)
    reason = np.where(earlier, PLACED, reason)
    retired = retirement(spells)
    late = retired < closed
    closed, reason = np.where(late, retired, closed), np.where(late, RETIRED, reason)
    spells["_closed"] = np.where(closed > plan.calendar.end, NEVER, np.maximum(closed, registered + 1))
    spells["_closed"] = np.where(spells["_closed"] > plan.calendar.end, NEVER, spells["_closed"])
    spells["_reason"] = np.where(spells["_closed"] == NEVER, -1, reason)


def retirement(spells: Frame) -> Days:
    """The day on which working age ends, by sex (a birthday, near enough: never before it)."""
    last: Days = (spells["_birth"] + np.where(spells["_female"], 55, 60) * YEAR + 1).astype(np.int64)
    return last


def codes_of(communities: Days) -> Days:
    """The codes that `communities` had on the first day."""
    codes: Days = np.array([region.code for region in regions.communities()])[communities]
    return codes


def persons_rows(plan: Plan, part: Part, spells: Frame) -> Frame:
    """The rows of the register that `spells` make."""
    rng = plan.rng(3, part.number)
    size = len(spells["_registered"])
    quality = plan.quality_at(spells["_community"], spells["_registered"])
    issued = spells["_registered"] + rng.integers(4, 45, size)
    issued = np.where(happens(rng, 0.72, size) & (issued <= spells["_closed"]), issued, NEVER)
    issued = np.where(issued > plan.calendar.end, NEVER, issued)
    rows: Frame = {
        "registration_no": spells["_registration"],
        "id_number": spells["_id"],
        "name": spells["name"],
        "phone": spells["phone"],
        "sex": spells["_female"].astype(np.int64),
        "birth_date": spells["_birth"],
        "community_code": credited(spells["_community"], spells["_registered"], rng),
        "household_no": spells["_household"],
        "category": spells["category"],
        "registered_on": spells["_registered"],
        "hardship": spells["_hardship"],
        "certificate_no": np.where(issued == NEVER, -1, spells["_registration"]),
        "certificate_on": issued,
        "closed_on": spells["_closed"],
        "close_reason": spells["_reason"],
        "_community": spells["_community"],
    }
    for column in ("cause", "family", "skill", "job_wish", "insurance"):
        known = rng.random(size) < np.clip(0.90 + 0.05 * quality, 0.5, 0.995)
        rows[column] = np.where(known, rng.integers(0, len(POOLS[column]), size), -1)
    # Graduates, veterans and farmers have a cause of their own.
    own = np.array(_OWN_CAUSE)[rows["category"]]
    lost_work = np.where(rows["cause"] < 0, -1, rows["cause"] % _CAUSES_OF_WORKERS)
    rows["cause"] = np.where((own >= 0) & (rows["cause"] >= 0), own, lost_work)
    return rows
