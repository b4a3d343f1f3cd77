"""The plan of a city: how large its communities are, how well they work, and what each of them does in a year.

Everything that is settled for the city as a whole is drawn here, before the communities are made one after
the other, so that no more than a part of the city is ever in memory.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from etl.demo import regions
from etl.demo.calendar import NEVER, Calendar, day
from etl.demo.frames import happens

# Persons of a city of the size of the report on Huangshi; other sizes are in proportion to it.
USUAL_PERSONS: Final = 44_000
HOUSEHOLDS: Final = 200_000
LABOUR_FORCE_SHARE: Final = 1.5
PERSONS_AT_ONCE: Final = 25_000


@dataclass(frozen=True)
class Part:
    """Communities that are made together: all of one district, and few enough to fit in memory."""

    number: int
    district: int
    communities: NDArray[np.int64]
    closes_district: bool


@dataclass(frozen=True)
class Plan:
    """What is settled for the whole city; arrays by community number.

    `quality`: how well the community works (mean 0, standard deviation 1); `trend`: its change a year.
    `scale`: size against the usual city. `seed`: of everything random.
    """

    seed: int
    scale: float
    calendar: Calendar
    persons: NDArray[np.int64]
    households: NDArray[np.int64]
    quality: NDArray[np.float64]
    trend: NDArray[np.float64]

    def rng(self, *place: int) -> np.random.Generator:
        """The random numbers of one place in the work, independent of all others."""
        return np.random.default_rng([self.seed, *place])

    def quality_at(self, communities: NDArray[Any], days: NDArray[Any]) -> NDArray[np.float64]:
        """How well `communities` work on `days`."""
        since = (np.minimum(days, self.calendar.end) - self.calendar.start) / 365.25
        quality: NDArray[np.float64] = np.clip(self.quality[communities] + self.trend[communities] * since, -2.5, 2.5)
        return quality

    def labour_force(self) -> NDArray[np.int64]:
        """Labour force by community: it grows with a larger city; a small one keeps communities that can be ranked."""
        force = np.round(self.households * LABOUR_FORCE_SHARE * max(self.scale, 1)).astype(np.int64)
        force[regions.TINY] = 264
        return force

    def shares(self, total: float, *place: int) -> NDArray[np.int64]:
        """`total` (of the usual city) things of a year, by community: more in larger and in better ones."""
        weights = self.persons * np.exp(0.15 * self.quality)
        return self.rng(7, *place).multinomial(round(total * self.scale), weights / weights.sum()).astype(np.int64)

    def parts(self) -> list[Part]:
        """The city in parts, by district."""
        parts: list[Part] = []
        for district in regions.districts():
            inside = regions.members(district)
            groups = _groups(np.array(inside), self.persons[list(inside)])
            for group in groups:
                parts.append(Part(len(parts), district.number, group, group is groups[-1]))
        return parts


def _groups(communities: NDArray[np.int64], persons: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    bins = (np.cumsum(persons) - 1) // PERSONS_AT_ONCE
    return [communities[bins == number] for number in np.unique(bins)]


def drawn(persons: int, calendar: Calendar, seed: int) -> Plan:
    """The plan of a city in which `persons` persons register."""
    rng = np.random.default_rng([seed, 0])
    size = regions.COMMUNITIES
    weights = rng.lognormal(0, 0.28, size)
    weights[regions.TINY] = 0.12
    quality = rng.normal(0, 0.85, size)
    trend = rng.normal(0, 0.08, size)
    quality[list(regions.IMPROVING)], trend[list(regions.IMPROVING)] = -2.3, 0.75
    return Plan(
        seed=seed,
        scale=persons / USUAL_PERSONS,
        calendar=calendar,
        persons=apportioned(weights, persons),
        households=apportioned(weights, HOUSEHOLDS),
        quality=quality,
        trend=trend,
    )


def apportioned(weights: NDArray[np.float64], total: int) -> NDArray[np.int64]:
    """Whole numbers in proportion to `weights` that add up to `total` (largest remainders)."""
    exact = weights / weights.sum() * total
    whole = np.floor(exact).astype(np.int64)
    rest = np.argsort(-(exact - whole), kind="stable")[: total - int(whole.sum())]
    whole[rest] += 1
    counts: NDArray[np.int64] = whole
    return counts


def credited(communities: NDArray[Any], days: NDArray[Any], rng: np.random.Generator) -> NDArray[np.int64]:
    """The codes that rows of `communities` bear on `days`: after the reform some clerks still write the old one."""
    codes = np.array([region.code for region in regions.communities()])
    after = (days >= day(regions.REFORM_ON)) & (days < NEVER)
    found = codes[communities]
    found = np.where(
        after & (communities == regions.MERGED) & happens(rng, 0.7, len(days)), codes[regions.SUCCESSOR], found
    )
    to_new = after & (communities == regions.SPLIT_FROM) & happens(rng, regions.TO_NEW, len(days))
    return np.where(to_new, regions.new_community().code, found)
