"""Tiers: which units stand apart, where ranks alone would say more than is known (methods.md, a.10).

A unit is in a tier for the ranks between which it likely lies, not for its rank.
"""

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from dashboard.ranking.ranking import RankedUnit

Tier = Literal["leading", "best", "margin", "middle", "last"]
TIERS: Final[tuple[Tier, ...]] = ("leading", "best", "margin", "middle", "last")
# From here on a unit lies in the last quarter.
_LAST: Final = 0.75


def tier_of(unit: RankedUnit, ranked: int, best: int) -> Tier | None:
    """The tier of a unit among `ranked` ones; None where it is not ranked, or nothing is known of how sure that is.

    leading: it may be the first. best: surely among the best. margin: not clearly in or out. last: surely in the last
    quarter. Where no more than the best are ranked there is no margin.
    """
    if unit.low is None or unit.high is None:
        return None
    if unit.low == 1:
        return "leading"
    if ranked > best and unit.high <= best:
        return "best"
    if ranked > best and unit.low <= best:
        return "margin"
    return "last" if unit.low > _LAST * ranked else "middle"


def tiers(units: Sequence[RankedUnit], ranked: int, best: int) -> Mapping[Tier, list[RankedUnit]]:
    """The units by tier, best tier first; empty tiers are there too."""
    found: dict[Tier, list[RankedUnit]] = {tier: [] for tier in TIERS}
    for unit in units:
        tier = tier_of(unit, ranked, best)
        if tier is not None:
            found[tier].append(unit)
    return found
