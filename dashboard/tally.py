"""Rows of a mart counted and summed in the warehouse, by the regions that stand side by side in a view.

Within the region in view and the reader's scope; what names no region belongs to the whole city alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Subquery, bindparam, case, func, or_, select

from dashboard.quality import Part, is_whole, rows_of
from dashboard.semantics.dimension import LEVELS
from dashboard.semantics.measure import in_area, in_scope
from dashboard.view import View
from etl.marts.region import region as region_mart

Row = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Tally:
    """The `sums` (aggregates, labelled) over the rows of `of` by its columns `by`; `of` has a `region_id`."""

    of: FromClause
    by: tuple[ColumnElement[Any], ...]
    sums: tuple[ColumnElement[Any], ...]
    where: tuple[ColumnElement[bool], ...] = ()


def tallied(view: View, tally: Tally, **values: Any) -> list[Row]:
    """A row for each region side by side and group: the groups and sums by name, and

    `part`: the region_id of one of those side by side, None for the region in view itself or none that is known;
    `is_placed`: whether the rows name a region at all.
    """
    statement = _statement(tally, level_in(view), scoped=view.build.scope.regions is not None, whole=is_whole(view))
    parts = [view.build.regions.find(part.code).region_id for part in view.parts]
    return rows_of(view, statement, parts=parts, **place_of(view), **values)


def by_part(view: View, rows: Sequence[Row]) -> list[tuple[Part, list[Row]]]:
    """The rows of each region side by side, in their order; then those of none of them, if there are any."""
    if view.region.level == "community":
        return [(Part(view.region.name), list(rows))]
    parts = {view.build.regions.find(part.code).region_id: Part(part.name, part.code) for part in view.parts}
    found: dict[int, list[Row]] = {region_id: [] for region_id in parts}
    own, unknown = list[Row](), list[Row]()
    for row in rows:
        found.get(row["part"], own if row["is_placed"] else unknown).append(row)
    rest = [(Part(view.region.name), own), (Part(view.words.say("unit not told")), unknown)]
    return [*((part, found[region_id]) for region_id, part in parts.items()), *(each for each in rest if each[1])]


def level_in(view: View) -> str:
    """The level at which the warehouse knows the region in view."""
    return view.build.regions.find(view.region.code).level


def place_of(view: View) -> Mapping[str, Any]:
    """The values of `in_place`."""
    regions, own = view.build.regions, view.build.scope.regions
    return {
        "area": regions.find(view.region.code).region_id,
        "scope": [regions.find(code).region_id for code in own or ()],
    }


def in_place(level: str, *, scoped: bool) -> list[ColumnElement[bool]]:
    """Whether a row of `mart.region` lies in the region in view (bound as `area`), and in the scope."""
    return [in_area(level), *([in_scope()] if scoped else [])]


@lru_cache(maxsize=256)
def _statement(tally: Tally, level: str, *, scoped: bool, whole: bool) -> Select[Any]:
    own, place = tally.of.c.region_id, _places(level, scoped=scoped)
    columns = [place.c.part, own.is_not(None).label("is_placed"), *tally.by]
    statement = select(*columns, *tally.sums).select_from(tally.of.join(place, own == place.c.region_id, isouter=whole))
    if whole:
        statement = statement.where(or_(own.is_(None), place.c.region_id.is_not(None)))
    return statement.where(*tally.where).group_by(place.c.part, own.is_not(None), *tally.by)


@lru_cache(maxsize=16)
def _places(level: str, *, scoped: bool) -> Subquery:
    """The regions in place, each with the one of those side by side (bound as `parts`) that it is or lies in."""
    steps = [region_mart.c[f"{step}_id"] for step in LEVELS]
    part = case(*((func.list_contains(bindparam("parts"), step), step) for step in steps)).label("part")
    return select(region_mart.c.region_id, part).where(*in_place(level, scoped=scoped)).subquery("place")
