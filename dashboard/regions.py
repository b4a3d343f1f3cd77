"""The tree of regions as a reader walks it: city › district › street › community, and the search for a place.

Where a home holds several cities, they stand under one root of their own, which is no region that is delivered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from sqlalchemy import select

from dashboard.naming import name_fit
from dashboard.semantics.dimension import LEVELS, TOP
from dashboard.semantics.question import NotAllowedError
from dashboard.warehouse import Build
from etl.marts.region import ALL_CITIES
from etl.marts.region import region as region_mart

STEPS: Final = (TOP, *LEVELS)
DEMONSTRATION: Final = "99"  # codes that begin so belong to nobody: an invented city


@dataclass(frozen=True)
class Region:
    """One place; `code` has 12 digits, `successor` says where a merged one went, `closed` that it is no more."""

    code: str
    name: str
    level: str
    parent: str | None
    successor: str | None = None
    closed: bool = False

    @property
    def short_code(self) -> str:
        """The code as people write it: 6, 9 or 12 digits."""
        return self.code[: {TOP: 6, "city": 6, "district": 6, "street": 9}.get(self.level, 12)]


@dataclass(frozen=True)
class Tree:
    """All regions of a build by code; of a reader with a scope, theirs alone: `foreign` are the codes of the others."""

    by_code: Mapping[str, Region]
    _children: dict[str, list[Region]] = field(default_factory=dict, repr=False)
    foreign: frozenset[str] = frozenset()
    _inside: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, regions: Iterable[Region]) -> "Tree":
        """The tree that these regions make, siblings in the order of their codes."""
        by_code = {region.code: region for region in sorted(regions, key=lambda region: region.code)}
        children: dict[str, list[Region]] = {}
        for region in by_code.values():
            if region.parent and region.successor is None and not region.closed:
                children.setdefault(region.parent, []).append(region)
        return cls(by_code, children)

    def within(self, codes: Iterable[str]) -> "Tree":
        """The tree of a reader who sees these regions and all below them: several stand under one root of their own."""
        chosen = {self.find(code).code for code in codes if code in self.by_code}
        paths = {code: [step.code for step in self.path(region)] for code, region in self.by_code.items()}
        own = [self.by_code[code] for code in sorted(chosen) if chosen.isdisjoint(paths[code][:-1])]
        kept = [region for code, region in self.by_code.items() if not chosen.isdisjoint(paths[code])]
        if len(own) != 1:
            kept = [replace(region, parent=self.root.code) if region in own else region for region in kept]
            kept.append(_root_of(self.root, own))
        tree = Tree.of(kept)
        return replace(tree, foreign=frozenset(self.by_code) - frozenset(tree.by_code), _inside={})

    @cached_property
    def root(self) -> Region:
        """The city, what stands above several, or what is the reader's own."""
        own = [region for region in self.by_code.values() if region.parent not in self.by_code]
        return min(own, key=lambda region: (STEPS.index(region.level), region.successor is not None))

    def find(self, code: str | None) -> Region:
        """The region of `code`, its successor where it was merged away, the root where there is none.

        NotAllowedError for a region outside the reader's scope.
        """
        if code in self.foreign:
            raise NotAllowedError
        region = self.by_code.get(code or "") or self.root
        seen: set[str] = set()
        while region.successor in self.by_code and region.code not in seen:
            seen.add(region.code)
            region = self.by_code[region.successor or ""]
        return region

    def path(self, region: Region) -> list[Region]:
        """From the root down to `region`, both counted."""
        path = [region]
        while path[0].parent in self.by_code:
            path.insert(0, self.by_code[path[0].parent or ""])
        return path

    def is_inside(self, region: Region, area: Region) -> bool:
        """Whether `region` is `area` or lies below it."""
        code: str | None = region.code
        while code is not None and code != area.code:
            code = self.by_code[code].parent if code in self.by_code else None
        return code is not None

    def codes_inside(self, area: Region) -> frozenset[str]:
        """The codes of `area` and of all below it, those merged into one of them too; found once for each area."""
        if area.code not in self._inside:
            found = (code for code in self.by_code if self.is_inside(self.find(code), area))
            self._inside[area.code] = frozenset(found)
        return self._inside[area.code]

    def above(self, region: Region) -> Region | None:
        """The region right above; None above the root."""
        return self.by_code.get(region.parent or "")

    def siblings(self, region: Region) -> list[Region]:
        """The regions beside it, itself counted; the city stands alone."""
        above = self.above(region)
        return self.children(above) if above else [region]

    def children(self, region: Region) -> list[Region]:
        """The regions right below, in the order of their codes."""
        return self._children.get(region.code, [])

    def search(self, text: str, limit: int = 20) -> list[Region]:
        """Regions that `text` names by code, name, pinyin initials or spelling, the best fitting first.

        Of several words the last is looked for inside the regions that the earlier ones name: `磁山街 松林`.
        """
        found = [(fit, region) for region in self.by_code.values() if (fit := self._fit(region, text)) is not None]
        found.sort(key=lambda pair: (pair[0], STEPS.index(pair[1].level), pair[1].code))
        return [region for _, region in found[:limit]]

    def _fit(self, region: Region, text: str) -> int | None:
        words = text.split()
        whole = name_fit(region.code, region.name, "".join(words))
        if whole is not None or len(words) < 2:  # noqa: PLR2004 - one word names a region, several a way to it
            return whole
        above = self.path(region)[:-1]
        for word in words[:-1]:
            if not any(name_fit(step.code, step.name, word) is not None for step in above):
                return None
        return name_fit(region.code, region.name, words[-1])

    @property
    def is_demonstration(self) -> bool:
        """Whether this is an invented city, or some of them."""
        return any(city.code.startswith(DEMONSTRATION) for city in (self.root, *self.children(self.root)))


def read(build: Build, above: str = "") -> Tree:
    """The tree of a build, as at its data date; `above`: the name of what stands above several cities."""
    columns = region_mart.c
    rows = build.fetch(
        select(
            columns.region_id,
            columns.credited_id,
            columns.region_code,
            columns.region_name,
            columns.level,
            columns.parent_code,
            columns.valid_to,
        )
    )
    codes = {row[0]: row[2] for row in rows}
    top = [] if build.regions.has_one_city or not rows else [Region(ALL_CITIES, above, TOP, None)]
    regions = [
        Region(
            code,
            name,
            level,
            ALL_CITIES if top and level == "city" else parent,
            codes.get(credited) if credited != own else None,
            closed=bool(build.data_date and until <= build.data_date),
        )
        for own, credited, code, name, level, parent, until in rows
    ]
    return Tree.of([*top, *regions])


def _root_of(city: Region, own: list[Region]) -> Region:
    """What stands above several regions: named after them, for its figures are their sum and not the city's."""
    highest = min((STEPS.index(region.level) for region in own), default=STEPS.index("district"))
    name = "、".join(region.name for region in own) or "—"
    return replace(city, name=name, level=STEPS[highest - 1])


def level_below(level: str) -> str | None:
    """The level right below; None below the community."""
    position = STEPS.index(level) + 1
    return STEPS[position] if position < len(STEPS) else None
