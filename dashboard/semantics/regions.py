"""The regions of a build as figures need them: who is credited for whom, what is listed when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, partial
from typing import Final

from dashboard.semantics.dimension import LEVELS, TOP
from dashboard.semantics.question import QuestionError
from etl.marts.region import ALL_CITIES

_DIGITS: Final = (6, 9, 12)
DAYS_KEPT: Final = 32  # on which the valid regions of a level are known


@dataclass(frozen=True)
class Place:
    """One region; `path`: the region_id at each of LEVELS, of itself and above; `valid`: from, and before."""

    region_id: int
    code: str
    name: str
    level: str
    credited_id: int
    path: tuple[int | None, ...]
    valid: tuple[date, date]

    @property
    def is_merged(self) -> bool:
        """Whether another region answers for it."""
        return self.credited_id != self.region_id

    @property
    def depth(self) -> int:
        """0 for the city … 3 for a community; −1 for what stands above several cities."""
        return -1 if self.level == TOP else LEVELS.index(self.level)

    def lies_in(self, places: Iterable["Place"]) -> bool:
        """Whether it is one of the places, or below one."""
        return any(place.level == TOP or place.region_id in self.path for place in places)

    def touches(self, places: Iterable["Place"]) -> bool:
        """Whether it lies in one of the places, or one of them in it."""
        return any(
            TOP in (place.level, self.level) or place.region_id in self.path or self.region_id in place.path
            for place in places
        )


ABOVE: Final = Place(0, ALL_CITIES, "", TOP, 0, (None,) * len(LEVELS), (date.min, date.max))


class Regions:
    """All regions of a build."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.by_id: Mapping[int, Place] = {place.region_id: place for place in places}
        self._valid = lru_cache(DAYS_KEPT)(partial(_valid, tuple(self.by_id.values())))

    @cached_property
    def _by_code(self) -> Mapping[str, Place]:
        return {place.code: place for place in self.by_id.values()}

    def find(self, code: str) -> Place:
        """The region of a code of 6, 9 or 12 digits, or the one that answers for it; QuestionError.

        ALL_CITIES stands for all of them together; where there is one, for that one.
        """
        place = self._by_code.get(code) or self._by_digits(code)
        if place is None:
            raise QuestionError(
                f"没有区划 {code!r}；请给出 6、9 或 12 位的区划代码",
                f"there is no region {code!r}; a region is named by its code of 6, 9 or 12 digits",
            )
        return place if place is ABOVE else self.by_id[place.credited_id]

    def _by_digits(self, code: str) -> Place | None:
        whole = code.strip().ljust(len(ALL_CITIES), "0") if len(code.strip()) in _DIGITS else ""
        if whole == ALL_CITIES and self._roots:
            return self.by_id[next(iter(self._roots))] if self.has_one_city else ABOVE
        return self._by_code.get(whole)

    def around(self, places: Iterable[Place]) -> Place:
        """The lowest region that holds all of the places; where they share none, what stands above the cities."""
        shared = [ids[0] for ids in zip(*(place.path for place in places), strict=True) if len(set(ids)) == 1]
        held = [region_id for region_id in shared if region_id is not None]
        return self.of_row(held[-1] if held else None)

    def of_row(self, region_id: int | None) -> Place:
        """The region that a row is credited to; what stands above the cities, where the row is of all of them."""
        return ABOVE if region_id is None else self.by_id[region_id]

    def city_of(self, code: str | None) -> str:
        """The code of a region's city; without a region that of the only one, ALL_CITIES where there are several."""
        place = self.find(code or ALL_CITIES)
        return ALL_CITIES if place.path[0] is None else self.by_id[place.path[0]].code

    def is_all(self, places: Iterable[Place]) -> bool:
        """Whether every region is one of the places, or below one."""
        places = list(places)
        return ABOVE in places or {place.region_id for place in places} >= self._roots

    @property
    def has_one_city(self) -> bool:
        """Whether all lie in one."""
        return len(self._roots) == 1

    @cached_property
    def _roots(self) -> set[int]:
        return {place.path[0] or place.region_id for place in self.by_id.values()}

    def valid(self, level: str, day: date) -> tuple[Place, ...]:
        """The regions of a level that are valid on the day and not merged away, in the order of the tree."""
        return self._valid(level, day)


def _valid(places: Sequence[Place], level: str, day: date) -> tuple[Place, ...]:
    return tuple(
        place
        for place in places
        if place.level == level and not place.is_merged and place.valid[0] <= day < place.valid[1]
    )
