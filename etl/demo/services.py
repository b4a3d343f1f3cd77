"""What communities do for the unemployed: fairs, referrals, trainings, follow-up visits."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from etl.demo.calendar import NEVER, first_days, months_of
from etl.demo.frames import Frame, choice, happens, joined, length, serials, taken
from etl.demo.names import POOLS
from etl.demo.people import is_4050
from etl.demo.plan import Part, Plan, credited
from etl.demo.work import BASE, ENTITY, EXPORT, GREEN, JOB_FAIR, MARKET

FAIR, ACTIVITY_WEEK, ASSISTANCE_MONTH, ONLINE = range(4)
# Fairs of a year by kind, and their months (the report: 225 in activity weeks in not quite two years).
_FAIRS: Final = (56, 137, 40, 30)
_MONTHS: Final = ((2, 3, 4, 5, 9, 11), (3, 5, 10), (1, 2), (2, 4, 6, 8, 10, 12))
_OTHERS_PLACED: Final = (11.0, 19.2, 5.0, 4.0)
_FAIR_REACH: Final = 45
_PLACED, _FAILED, _PENDING = range(3)
PLACED_BY_REFERRAL: Final = (MARKET, JOB_FAIR, GREEN, ENTITY, BASE, EXPORT)
_FEEDBACK_DAYS: Final = 12
_LONG_ENOUGH: Final = 70
_FOLLOWED_MONTHS: Final = 12


def fairs(plan: Plan, part: Part, placements: Frame) -> Frame:
    """Job fairs of `part`; placements of the channel are given the district's newest fair before them (`fair_no`)."""
    rng = plan.rng(20, part.number)
    held = joined(_held(plan, part, rng, year, kind) for year in plan.calendar.years for kind in range(len(_FAIRS)))
    placements["fair_no"] = np.full(length(placements), -1, dtype=np.int64)
    if not length(held):
        return {}
    held = taken(held, np.argsort(held["held_on"], kind="stable"))
    held = taken(held, np.flatnonzero(held["held_on"] <= plan.calendar.end - 7))
    held["fair_no"] = serials(part.number, length(held))
    at = np.searchsorted(held["held_on"], placements["placed_on"], side="right") - 1
    # Several fairs are held in one week: spread the placements over the newest few.
    at = np.maximum(at - rng.integers(0, 4, len(at)), 0)
    gap = placements["placed_on"] - held["held_on"][at]
    same = plan.calendar.delivery_of(held["held_on"][at]) == plan.calendar.delivery_of(placements["placed_on"])
    linked = (placements["channel"] == JOB_FAIR) & (gap >= 0) & (gap <= _FAIR_REACH) & same
    placements["fair_no"] = np.where(linked, held["fair_no"][at], -1)
    registered = np.bincount(at[linked], minlength=length(held))
    others = rng.poisson(np.array(_OTHERS_PLACED)[held["kind"]] * plan.scale)
    held["placed"] = registered + others
    held["attended"] = held["placed"] * 3 + rng.poisson(40, length(held))
    held["posts_offered"] = held["placed"] * 2 + rng.poisson(30, length(held))
    return held


def _held(plan: Plan, part: Part, rng: np.random.Generator, year: int, kind: int) -> Frame:
    weights = plan.households * np.exp(0.2 * plan.quality)
    counts = plan.rng(21, year, kind).multinomial(_FAIRS[kind], weights / weights.sum())
    community = np.repeat(part.communities, counts[part.communities])
    month = np.array(_MONTHS[kind])[rng.integers(0, len(_MONTHS[kind]), len(community))]
    held = first_days(year * 12 + month - 1) + rng.integers(0, 27, len(community))
    return {
        "_community": community,
        "community_code": credited(community, held, rng),
        "kind": np.full(len(community), kind, dtype=np.int64),
        "held_on": held,
    }


def referrals(plan: Plan, part: Part, spells: Frame, placements: Frame) -> Frame:
    """Referrals: those that led to a placement, and those that did not."""
    rng = plan.rng(22, part.number)
    by_referral = np.isin(placements["channel"], PLACED_BY_REFERRAL) & (placements["placed_on"] >= plan.calendar.start)
    good = taken(placements, np.flatnonzero(by_referral))
    registered = good["_registered"]
    referred = np.maximum(good["placed_on"] - rng.integers(1, 21, length(good)), registered)
    referred = np.minimum(referred, good["placed_on"])
    success = {
        "registration_no": good["registration_no"],
        "post_no": good["post_no"],
        "referred_on": referred,
        "outcome": np.full(length(good), _PLACED, dtype=np.int64),
        "_outcome_on": good["placed_on"],
        "_community": good["_community"],
    }
    rows = joined([success, _failed(plan, rng, spells)])
    rows["referral_no"] = serials(part.number, length(rows))
    return rows


def _failed(plan: Plan, rng: np.random.Generator, spells: Frame) -> Frame:
    begin = np.maximum(spells["_registered"], plan.calendar.start)
    last = np.minimum(spells["_closed"], plan.calendar.end)
    quality = plan.quality_at(spells["_community"], last)
    expected = np.clip((last - begin) / 365, 0, 1.5) * 0.135 * np.exp(-0.28 * quality)
    counts = np.where(last > begin, rng.poisson(np.maximum(expected, 0)), 0)
    of = np.repeat(np.arange(length(spells)), counts)
    referred = begin[of] + (rng.random(len(of)) * (last[of] - begin[of])).astype(np.int64)
    answered = referred + rng.integers(2, _FEEDBACK_DAYS, len(of))
    return {
        "registration_no": spells["_registration"][of],
        "post_no": np.full(len(of), -1, dtype=np.int64),
        "referred_on": referred,
        "outcome": np.full(len(of), _FAILED, dtype=np.int64),
        "_outcome_on": np.where(answered > plan.calendar.end, NEVER, answered),
        "_community": spells["_community"][of],
    }


def trainings(plan: Plan, part: Part, spells: Frame) -> Frame:
    """Trainings during spells: many before the job that they lead to, some that lead nowhere."""
    rng = plan.rng(23, part.number)
    size = length(spells)
    begin = np.maximum(spells["_registered"], plan.calendar.start - 200) + 5
    last = np.minimum(spells["_closed"], plan.calendar.end)
    quality = plan.quality_at(spells["_community"], last)
    lasting = rng.integers(12, 50, size)
    useful = rng.random(size) < np.clip(0.62 + 0.12 * quality, 0.1, 0.95)
    to_job = spells["_closed"] - rng.integers(3, 150, size) - lasting
    # An open spell may have a training that still goes on; a closed one has finished it.
    spare = last - begin - np.where(spells["_closed"] < NEVER, lasting, 0)
    anywhere = begin + (rng.random(size) * np.maximum(spare, 1)).astype(np.int64)
    started = np.where((spells["_closed"] < NEVER) & useful, to_job, anywhere)
    chosen = rng.random(size) < np.where(spells["_closed"] < NEVER, 0.27, 0.12)
    rows = np.flatnonzero(chosen & (started >= begin) & (started < last) & (last - begin > _LONG_ENOUGH))
    return _trained(plan, part, rng, taken(spells, rows) | {"_started": started[rows], "_lasting": lasting[rows]})


def _trained(plan: Plan, part: Part, rng: np.random.Generator, spells: Frame) -> Frame:
    started, community, size = spells["_started"], spells["_community"], length(spells)
    finished = started + spells["_lasting"]
    finished = np.where(finished > plan.calendar.end, NEVER, finished)
    return {
        "training_no": serials(part.number, size),
        "registration_no": spells["_registration"],
        "community_code": credited(community, started, rng),
        "course": rng.integers(0, len(POOLS["course"]), size),
        "started_on": started,
        "finished_on": finished,
        "passed": np.where(finished == NEVER, -1, happens(rng, 0.9, size)).astype(np.int64),
        "_community": community,
    }


def visits(plan: Plan, part: Part, placements: Frame) -> Frame:
    """Monthly follow-up visits in the year after the placement of a person in hardship."""
    rng = plan.rng(24, part.number)
    older = is_4050(placements["_female"], placements["_birth"], placements["placed_on"])
    hard = older | (placements["_hardship"] > 0) | placements["_zero"]
    rows = np.flatnonzero(hard & (placements["placed_on"] >= plan.calendar.start - 330))
    of = np.repeat(rows, _FOLLOWED_MONTHS)
    month = months_of(placements["placed_on"][of]) + np.tile(np.arange(1, _FOLLOWED_MONTHS + 1), len(rows))
    visited = first_days(month) + rng.integers(0, 27, len(of))
    quality = plan.quality_at(placements["_community"][of], visited)
    paid = rng.random(len(of)) < _share_visited(quality)
    paid &= (placements["ended_on"][of] >= first_days(month)) & (visited <= plan.calendar.end)
    paid &= visited >= plan.calendar.start
    of, visited = of[paid], visited[paid]
    return {
        "visit_no": serials(part.number, len(of)),
        "registration_no": placements["registration_no"][of],
        "visited_on": visited,
        "mode": choice(rng, (45, 55), len(of)),
        "_community": placements["_community"][of],
    }


def _share_visited(quality: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.clip(0.78 + 0.11 * quality, 0.25, 0.98)
