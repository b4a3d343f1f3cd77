"""Why a unit stands where it stands: what separates it from another, leaf by leaf (metrics.md, *Ranking* 5)."""

from dataclasses import dataclass

from dashboard.ranking.ranking import RankedUnit, Ranking
from dashboard.ranking.standard import Leaf


@dataclass(frozen=True)
class Separation:
    """How far `other` is ahead of a unit: `points` by leaf, the largest first; they sum to the unrounded difference."""

    other: RankedUnit
    points: tuple[tuple[Leaf, float], ...]

    @property
    def total(self) -> float:
        """The whole difference of the unrounded scores."""
        return sum(points for _, points in self.points)


def separation(ranking: Ranking, unit: str, other: RankedUnit) -> Separation:
    """What `other` has before `unit`; both are ranked (KeyError: one is not)."""
    own, theirs = ranking.peer_of[unit], ranking.peer_of[other.code]
    ahead = ranking.scores.leaf_points[theirs] - ranking.scores.leaf_points[own]
    points = zip(ranking.standard.leaves, ahead.tolist(), strict=True)
    return Separation(other, tuple(sorted(points, key=lambda pair: -abs(pair[1]))))


def next_better(ranking: Ranking, unit: str) -> RankedUnit | None:
    """The unit of the next better place (of several the first listed); None for a first or an unranked one."""
    own = next((found for found in ranking.units if found.code == unit), None)
    if own is None or own.rank is None:
        return None
    better = [found for found in ranking.units if found.rank is not None and found.rank < own.rank]
    best_rank = max((found.rank for found in better if found.rank), default=None)
    return next((found for found in better if found.rank == best_rank), None)


def last_of_the_best(ranking: Ranking) -> RankedUnit | None:
    """The unit that holds the last place among the best (the tenth); None where fewer are ranked."""
    among = [found for found in ranking.units if found.rank is not None and found.rank <= ranking.best]
    return among[-1] if len(among) >= ranking.best else None


def runner_up(ranking: Ranking, unit: str) -> RankedUnit | None:
    """The unit of the next worse place (of several the first listed); None for a last or an unranked one."""
    own = next((found for found in ranking.units if found.code == unit), None)
    if own is None or own.rank is None:
        return None
    return next((found for found in ranking.units if found.rank is not None and found.rank > own.rank), None)
