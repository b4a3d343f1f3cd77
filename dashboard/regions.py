"""The tree of regions as a reader walks it: city › district › street › community, and the search for a place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from pypinyin import Style, lazy_pinyin
from sqlalchemy import select

from dashboard.semantics.dimension import LEVELS
from dashboard.warehouse import Build
from etl.marts.region import region as region_mart

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
        return self.code[: {"city": 6, "district": 6, "street": 9}.get(self.level, 12)]

    @cached_property
    def initials(self) -> str:
        """The first letters of the name's syllables: `csjd` for 磁山街道."""
        return "".join(lazy_pinyin(self.name, style=Style.FIRST_LETTER)).lower()

    @cached_property
    def spelling(self) -> str:
        """The whole name in letters: `cishanjiedao`."""
        return "".join(lazy_pinyin(self.name)).lower()


@dataclass(frozen=True)
class Tree:
    """All regions of a build by code."""

    by_code: Mapping[str, Region]
    _children: dict[str, list[Region]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, regions: Iterable[Region]) -> "Tree":
        """The tree that these regions make, siblings in the order of their codes."""
        by_code = {region.code: region for region in sorted(regions, key=lambda region: region.code)}
        children: dict[str, list[Region]] = {}
        for region in by_code.values():
            if region.parent and region.successor is None and not region.closed:
                children.setdefault(region.parent, []).append(region)
        return cls(by_code, children)

    @property
    def root(self) -> Region:
        """The city."""
        return next(region for region in self.by_code.values() if region.level == "city")

    def find(self, code: str | None) -> Region:
        """The region of `code`, its successor where it was merged away, the city where there is none."""
        region = self.by_code.get(code or "", self.root)
        seen: set[str] = set()
        while region.successor in self.by_code and region.code not in seen:
            seen.add(region.code)
            region = self.by_code[region.successor or ""]
        return region

    def path(self, region: Region) -> list[Region]:
        """From the city down to `region`, both counted."""
        path = [region]
        while path[0].parent in self.by_code:
            path.insert(0, self.by_code[path[0].parent or ""])
        return path

    def children(self, region: Region) -> list[Region]:
        """The regions right below, in the order of their codes."""
        return self._children.get(region.code, [])

    def search(self, text: str, limit: int = 20) -> list[Region]:
        """Regions whose code, name, initials or spelling begins with `text` (or holds it), the best fitting first."""
        wanted = text.strip().lower().replace(" ", "")
        if not wanted:
            return []
        found = [(fit, region) for region in self.by_code.values() if (fit := _fit(region, wanted)) is not None]
        found.sort(key=lambda pair: (pair[0], LEVELS.index(pair[1].level), pair[1].code))
        return [region for _, region in found[:limit]]

    @property
    def is_demonstration(self) -> bool:
        """Whether this is an invented city."""
        return self.root.code.startswith(DEMONSTRATION)


def read(build: Build) -> Tree:
    """The tree of a build, as at its data date."""
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
    return Tree.of(
        Region(
            code,
            name,
            level,
            parent,
            codes.get(credited) if credited != own else None,
            closed=bool(build.data_date and until <= build.data_date),
        )
        for own, credited, code, name, level, parent, until in rows
    )


def level_below(level: str) -> str | None:
    """The level right below; None below the community."""
    position = LEVELS.index(level) + 1
    return LEVELS[position] if position < len(LEVELS) else None


def _fit(region: Region, wanted: str) -> int | None:
    starts = (region.code, region.name, region.initials, region.spelling)
    for position, text in enumerate(starts):
        if text.lower().startswith(wanted):
            return position
    return len(starts) if wanted in region.name.lower() else None
