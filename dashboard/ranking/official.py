"""The ranking of a period as the city's standard makes it: what the page, the command and an edition ask for."""

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Select, select

from dashboard.period import Period
from dashboard.ranking.indicators import ranking_day, warehouse_table
from dashboard.ranking.ranking import Ranking, rank_table, ranks
from dashboard.ranking.standard import Standard
from dashboard.ranking.standards import standard_in_force
from etl.marts.region import build as build_mart

if TYPE_CHECKING:
    from dashboard.warehouse import Build

_CITY: Final[Select[Any]] = select(build_mart.c.city_code)


def ranking(
    build: "Build",
    period: Period,
    level: str | None = None,
    standard: Standard | None = None,
    region: str | None = None,
    *,
    among: tuple[Period, ...] = (),
) -> Ranking:
    """The ranking of `level` (default: the standard's) in `period`, by `standard` (default: the one in force).

    All units of the city are peers; with `region` (6, 9 or 12 digits) `Ranking.units` lists those in it alone, and
    within the build's scope alone. Raises StandardError, and QuestionError for a region that is not there.
    `among`: periods that are asked together with this one, if it is one of them.
    """
    standard = standard or standard_of_city(build, period)
    table = warehouse_table(build.whole, standard, period, level or standard.level, among if period in among else ())
    shown = units_in(build, region)
    return rank_table(table, standard, period.name, shown=shown)


def ranks_in(build: "Build", period: Period, level: str, among: tuple[Period, ...] = ()) -> dict[str, int]:
    """The ranks alone that `ranking` gives, by unit."""
    standard = standard_of_city(build, period)
    return ranks(warehouse_table(build.whole, standard, period, level, among if period in among else ()), standard)


def standard_of_city(build: "Build", period: Period) -> Standard:
    """The standard in force at the period's end (cut at D) in the build's city."""
    [(city_code,)] = build.fetch(_CITY)
    return standard_in_force(city_code, ranking_day(build, period))


def units_in(build: "Build", region: str | None = None) -> frozenset[str] | None:
    """The codes of the units in the region and the scope; None is all."""
    find = build.regions.find
    areas = [
        [find(code) for code in codes]
        for codes in ([region] if region else None, build.scope.regions)
        if codes is not None
    ]
    if not areas:
        return None
    places = build.regions.by_id.values()
    return frozenset(place.code for place in places if all(place.lies_in(area) for area in areas))
