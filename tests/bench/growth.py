"""Whether a question about the last year takes longer where more years lie before it.

Two cities are loaded whose last year is as busy; the pages' questions are asked of both by turns.
"""

import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.bench.asking import PAGE_ROUNDS, Again, Watched, asked_by_pages
from tests.bench.loading import loaded, written

SHORT, LONG = 3, 9  # years of deliveries
BEFORE = 3  # as many persons are in the first delivery as register in so many years


@dataclass(frozen=True)
class Grown:
    """Query times in ms of the pages' questions, summed over the questions, with few and with many years before."""

    persons: int
    questions: int
    short_ms: float
    long_ms: float

    @property
    def ratio(self) -> float:
        """Near 1 where the years before cost nothing."""
        return self.long_ms / self.short_ms


def grown(folder: Path, persons: int) -> Grown:
    """Load both cities below `folder`, and ask them; `persons`: of the short one."""
    sizes = {SHORT: persons, LONG: persons * (LONG + BEFORE) // (SHORT + BEFORE)}
    return compared({years: _home(folder, size, years) for years, size in sizes.items()}, persons)


def compared(homes: Mapping[int, Path], persons: int) -> Grown:
    """The questions that both cities' pages ask, by turns."""
    builds, asked = {}, {}
    for years, home in homes.items():
        builds[years], heard = asked_by_pages(home)
        asked[years] = {(each.page, each.region, each.question): each.again for each in heard}
    shared = [key for key in asked[SHORT] if key in asked[LONG]]
    taken = dict.fromkeys(homes, 0.0)
    for key in shared:
        for years, ms in _by_turns({years: asked[years][key] for years in homes}, builds).items():
            taken[years] += ms
    for build in builds.values():
        build.close()
    return Grown(persons, len(shared), taken[SHORT], taken[LONG])


def _by_turns(ways: Mapping[int, Again], builds: Mapping[int, Watched]) -> dict[int, float]:
    rounds: dict[int, list[float]] = {years: [] for years in ways}
    for _ in range(PAGE_ROUNDS):
        for years, again in ways.items():
            rounds[years].append(builds[years].timed(again))
    return {years: statistics.median(found) for years, found in rounds.items()}


def _home(folder: Path, persons: int, years: int) -> Path:
    deliveries, home = folder / f"{years}-years", folder / f"{years}-years-home"
    written(deliveries, persons, years)
    loaded(deliveries, home)
    return home
