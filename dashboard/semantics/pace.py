"""序时进度: how much of a year's work is due by a day (metrics.md, Targets)."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, select

from etl.marts.subsidies import pace, watch_points

if TYPE_CHECKING:
    from dashboard.warehouse import Build

_CURVES: Final = select(pace.c.indicator, pace.c.month, pace.c.share).where(pace.c.city_code == bindparam("city"))
_POINTS: Final = select(watch_points.c.points).where(watch_points.c.city_code == bindparam("city"))
Curve = Mapping[int, Decimal] | None  # shares of the year's work due by the ends of months 1 … 12; None: by the days


def curves_of(build: "Build", region: str | None) -> dict[str, dict[int, Decimal]]:
    """The curves of the policy of the region's city, by indicator; an indicator without one is even over the year."""
    curves: dict[str, dict[int, Decimal]] = {}
    for indicator, month, share in build.fetch(_CURVES, city=build.regions.city_of(region)):
        curves.setdefault(indicator, {})[month] = share
    return curves


def watch_points_of(build: "Build", region: str | None) -> float:
    """How many points behind the pace are still "watch", by the policy of the region's city."""
    [(points,)] = build.fetch(_POINTS, city=build.regions.city_of(region))
    return float(points)


def elapsed_by(day: date, curve: Curve) -> float:
    """The share of the year's work due by the end of `day`, in percent; within a month by its days."""
    if curve is None:
        return 100 * day.timetuple().tm_yday / date(day.year, 12, 31).timetuple().tm_yday
    before = curve.get(day.month - 1, Decimal(0))
    part = Decimal(day.day) / monthrange(day.year, day.month)[1]
    return float(100 * (before + (curve[day.month] - before) * part))
