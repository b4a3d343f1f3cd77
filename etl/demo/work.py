"""Placements, and the posts that they fill."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from etl.demo import people
from etl.demo.calendar import NEVER, Days, first_days, months_of
from etl.demo.frames import Frame, choice, happens, joined, length, ranks, serials, taken
from etl.demo.people import PLACED, end_of_spell, is_4050, retirement
from etl.demo.plan import Part, Plan, credited

WELFARE, ENTITY, BASE, MARKET, JOB_FAIR, GREEN, SELF, FLEXIBLE, EXPORT = range(9)
# Shares of the channels (in the contract's order): all persons; persons of 4050 or in hardship.
_CHANNELS: Final = ((3, 11, 4, 13, 25, 3, 7, 7, 27), (25, 12, 5, 7, 15, 9, 4, 7, 16))
# By channel: share that leaves in a month, contract in months (0: none), monthly wage in yuan, kind of post (−1: none).
_LEAVING: Final = np.array((0.012, 0.02, 0.02, 0.024, 0.026, 0.018, 0.012, 0.05, 0.045))
_CONTRACTS: Final = ((12, 24, 36), (12, 36), (12, 24), (12, 24, 36), (6, 12, 24), (12, 24), (0,), (0,), (6, 12))
_WAGES: Final = np.array((2150, 2600, 2700, 3300, 3200, 2700, 3900, 2500, 4300))
_POSTS: Final = np.array((0, 3, 2, 2, 2, 1, -1, -1, 4))
# Posts developed in a year, by kind, in the usual city: batches and their mean size. The report's number is lost.
_BATCHES: Final = (260, 230, 560, 340, 110)
_BATCH_SIZE: Final = (4.6, 2.6, 7.0, 4.4, 17.0)
_LEFT, RETIRED_FROM_WORK, EXPIRED = 1, 4, 0
_MOST_MONTHS: Final = 36
_MONTH: Final = 30.44
_QUARTERS_OPEN: Final = 3
_MOST_PLACES: Final = 10**6


def with_work(plan: Plan, part: Part, spells: Frame) -> tuple[Frame, Frame, Frame]:
    """All spells (with those who register again), placements, and posts of `part`."""
    placements = _placements(plan, part, spells, 0)
    second = _registered_again(plan, part, spells, placements)
    end_of_spell(plan, part, second, 1)
    elsewhere = _placed_directly(plan, part, placements)
    everything = joined([placements, _placements(plan, part, second, 1), elsewhere])
    everything["placement_no"] = serials(part.number, length(everything))
    posts = _posts(plan, part)
    _fill(posts, everything)
    return joined([spells, second]), everything, posts


def _placements(plan: Plan, part: Part, spells: Frame, draw: int) -> Frame:
    rng = plan.rng(4, part.number, draw)
    found = taken(spells, np.flatnonzero(spells["_reason"] == PLACED))
    size = length(found)
    placed = found["_closed"]
    hard = is_4050(found["_female"], found["_birth"], placed) | (found["_hardship"] > 0)
    channel = np.where(hard, choice(rng, _CHANNELS[1], size), choice(rng, _CHANNELS[0], size))
    channel = np.where(found["_earlier"], WELFARE, channel)
    helped = choice(rng, (70, 20, 0, 0, 0, 0, 0, 10, 0), size)
    channel = np.where(found["_zero"], helped, channel)
    return _terms(plan, rng, found, channel, placed)


def _terms(plan: Plan, rng: np.random.Generator, found: Frame, channel: Days, placed: Days) -> Frame:
    size = length(found)
    months = rng.exponential(1 / _LEAVING[channel]) * np.exp(0.1 * plan.quality_at(found["_community"], placed))
    contract = _contracts(rng, channel)
    # A public-welfare post ends with its entitlement; everybody ends with working age.
    limit = np.where(channel == WELFARE, _MOST_MONTHS, 10_000)
    ended = placed + (np.minimum(months, limit) * _MONTH).astype(np.int64) + 4
    retired = retirement(found)
    reason = np.where(months >= limit, EXPIRED, rng.integers(0, 4, size))
    reason = np.where(ended >= retired, RETIRED_FROM_WORK, reason)
    ended = np.maximum(np.minimum(ended, retired), placed)
    ended = np.where(ended > plan.calendar.end, NEVER, ended)
    wage = np.round(_WAGES[channel] * rng.lognormal(0, 0.16, size) / 10) * 1000
    sponsor = np.where(happens(rng, 0.12, size), rng.integers(0, 4, size), -1)
    return {
        **{name: values for name, values in found.items() if name.startswith("_")},
        "registration_no": found["_registration"],
        "community_code": credited(found["_community"], placed, rng),
        "channel": channel,
        "placed_on": placed,
        "contract_months": contract,
        "monthly_wage": np.where(happens(rng, 0.9, size), wage, -1).astype(np.int64),
        "ended_on": ended,
        "end_reason": np.where(ended == NEVER, -1, reason),
        "sponsor": sponsor,
    }


def _contracts(rng: np.random.Generator, channel: Days) -> Days:
    longest = max(len(row) for row in _CONTRACTS)
    table = np.array([[row[n % len(row)] for n in range(longest)] for row in _CONTRACTS])
    months = table[channel, rng.integers(0, longest, len(channel))]
    return np.where(months == 0, -1, months).astype(np.int64)


def _registered_again(plan: Plan, part: Part, spells: Frame, placements: Frame) -> Frame:
    rng = plan.rng(5, part.number)
    ended = placements["ended_on"]
    registered = ended + rng.integers(5, 75, len(ended))
    again = happens(rng, 0.26, len(ended)) & (registered <= plan.calendar.end) & ~placements["_earlier"]
    again &= registered < retirement(placements) - 60
    again &= placements["end_reason"] != RETIRED_FROM_WORK
    rows = np.searchsorted(spells["_registration"], placements["registration_no"][again])
    second = taken(spells, rows)
    second["_registered"] = registered[again]
    second["_registration"] = serials(part.number, length(second), begin=length(spells) + 1)
    second["_zero"] = np.zeros(length(second), dtype=bool)
    second["_hardship"] = second["_hardship"] & ~people.BOTH_LAID_OFF
    return second


def _placed_directly(plan: Plan, part: Part, placements: Frame) -> Frame:
    # A new job without a new registration: the person counts once more, if it is in another year.
    rng = plan.rng(6, part.number)
    ended = placements["ended_on"]
    placed = ended + rng.integers(8, 60, len(ended))
    direct = (np.arange(len(ended)) % 9 == 0) & (placed <= plan.calendar.end) & (placed < retirement(placements) - 60)
    last = last_of_person(placements)
    rows = np.flatnonzero(direct & last & happens(rng, 0.5, len(ended)) & (placements["end_reason"] == _LEFT))
    found = taken(placements, rows)
    found["_registration"] = found["registration_no"]
    # The first job cleared the household: it is none without work any more.
    found["_zero"] = np.zeros(length(found), dtype=bool)
    return _terms(plan, rng, found, choice(rng, (2, 10, 3, 25, 20, 2, 8, 12, 18), length(found)), placed[rows])


def last_of_person(placements: Frame) -> NDArray[np.bool_]:
    """Which placements are the last rows of their person."""
    newest = np.zeros(length(placements), dtype=bool)
    newest[np.unique(placements["_person"][::-1], return_index=True)[1]] = True
    return newest[::-1]


def _posts(plan: Plan, part: Part) -> Frame:
    rng = plan.rng(8, part.number)
    frames = []
    for year in range(plan.calendar.years.start - 1, plan.calendar.years.stop):
        for kind, batches in enumerate(_BATCHES):
            counts = plan.shares(batches, 1, year, kind)[part.communities]
            frames.append(_batches(plan, rng, np.repeat(part.communities, counts), year, kind))
    posts = joined(frames)
    posts = taken(posts, np.flatnonzero(posts["developed_on"] <= plan.calendar.end)) if posts else _no_posts()
    posts["post_no"] = serials(part.number, length(posts))
    posts["employer_code"] = np.where(happens(rng, 0.8, length(posts)), serials(part.number, length(posts)), -1)
    return posts


def _batches(plan: Plan, rng: np.random.Generator, community: Days, year: int, kind: int) -> Frame:
    size = len(community)
    first = int(first_days(np.array([year * 12]))[0])
    # Posts come a little before the season in which they are filled.
    developed = first + np.clip(rng.beta(1.5, 2.1, size) * 365, 0, 364).astype(np.int64)
    quality = plan.quality_at(community, developed)
    headcount = 1 + rng.poisson((_BATCH_SIZE[kind] - 1) * np.exp(0.16 * quality - 0.02))
    closed = np.where(happens(rng, 0.5, size), developed + rng.integers(200, 1000, size), NEVER)
    return {
        "_community": community,
        "community_code": credited(community, developed, rng),
        "kind": np.full(size, kind, dtype=np.int64),
        "headcount": headcount.astype(np.int64),
        "developed_on": developed,
        "closed_on": np.where(closed > plan.calendar.end, NEVER, closed),
    }


def _no_posts() -> Frame:
    names = ("_community", "community_code", "kind", "headcount", "developed_on", "closed_on")
    return {name: np.empty(0, dtype=np.int64) for name in names}


def _fill(posts: Frame, placements: Frame) -> None:
    # A placement takes a free place of its community and kind: the quarter's own first, then of the two before.
    placements["post_no"] = np.full(length(placements), -1, dtype=np.int64)
    places = np.repeat(np.arange(length(posts)), posts["headcount"])
    free = np.ones(len(places), dtype=bool)
    kind = _POSTS[placements["channel"]]
    group = placements["_community"] * 10 + kind
    for back in range(_QUARTERS_OPEN):
        open_places = np.flatnonzero(free)
        seeking = np.flatnonzero((kind >= 0) & ~placements["_earlier"] & (placements["post_no"] < 0))
        if not len(open_places) or not len(seeking):
            return
        offered = taken(posts, places[open_places])
        offers = _queued(offered["_community"] * 10 + offered["kind"], offered["developed_on"], 0)
        wishes = _queued(group[seeking], placements["placed_on"][seeking], back)
        order = np.argsort(offers)
        at = np.minimum(np.searchsorted(offers[order], wishes), len(offers) - 1)
        chosen = order[at]
        fits = offers[chosen] == wishes
        fits &= offered["developed_on"][chosen] <= placements["placed_on"][seeking]
        fits &= offered["closed_on"][chosen] > placements["placed_on"][seeking]
        placements["post_no"][seeking[fits]] = offered["post_no"][chosen[fits]]
        free[open_places[chosen[fits]]] = False


def _queued(group: Days, day: Days, quarters_back: int) -> Days:
    """A number for each row that is the same for the k-th of a group and quarter among offers and among wishes."""
    by_quarter = group * 10_000 + months_of(day) // 3 - quarters_back
    return by_quarter * _MOST_PLACES + ranks(by_quarter, day)


def active_months(placements: Frame, last_day: int) -> tuple[Days, Days]:
    """First and last month in which each placement has a day by `last_day`."""
    last = np.minimum(placements["ended_on"], last_day)
    return months_of(placements["placed_on"]), months_of(np.maximum(last, placements["placed_on"]))
