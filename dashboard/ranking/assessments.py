"""What people gave: manual points and vetoes, for the period of a ranking.

Points hold for a period that is assessed itself, else for the one around it (a quarter takes the year's); a veto holds
for every period that it touches. What a merged-away community was given is its successor's, where that has none itself.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Select, bindparam, select

from dashboard.period import Period
from etl.marts.assessment import assessment

if TYPE_CHECKING:
    from dashboard.warehouse import Build

VETO: Final = "veto"
_of = assessment.c
# The last row of an item and community is the one that holds: the shortest period, its own before a predecessor's.
_POINTS: Final[Select[Any]] = (
    select(_of.item, _of.region_id, _of.points, _of.giver)
    .where(_of.item != VETO, _of.points.is_not(None))
    .where(_of.period_start <= bindparam("first"), _of.period_end >= bindparam("last"))
    .order_by(_of.period_start, _of.period_end.desc(), _of.region_id == _of.delivered_id, _of.delivered_id)
)
_VETOES: Final[Select[Any]] = (
    select(_of.region_id, _of.remark, _of.period_start, _of.period_end)
    .where(_of.item == VETO)
    .order_by(_of.region_id, _of.period_start, _of.period_end, _of.delivered_id)
)


@dataclass(frozen=True)
class Points:
    """The points of one item for one community, and who gave them: `city`, `district` or `own`."""

    points: float
    giver: str


def points_of(build: "Build", period: Period) -> dict[str, dict[int, Points]]:
    """Item → community's region_id → the points that hold for `period`."""
    found: dict[str, dict[int, Points]] = {}
    for item, region_id, points, giver in build.fetch(_POINTS, first=period.start, last=period.end):
        found.setdefault(item, {})[region_id] = Points(points, giver)
    return found


def vetoes_of(build: "Build", period: Period) -> dict[str, str]:
    """Community's code → the remarks of its vetoes in `period`."""
    remarks: dict[str, list[str]] = {}
    for region_id, remark, start, end in build.fetch(_VETOES):  # of all periods: few, and kept by the build
        if start > period.end or end < period.start:
            continue
        said = remarks.setdefault(build.regions.by_id[region_id].code, [])
        if remark and remark not in said:
            said.append(remark)
    return {code: "; ".join(said) for code, said in remarks.items()}
