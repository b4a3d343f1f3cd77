"""A table ranked by a standard: peers, scores, places, stability, unit by unit (metrics.md, *Ranking* 1–5)."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, partial
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.ranking.aggregate import numbered
from dashboard.ranking.eligibility import Reason, reasons
from dashboard.ranking.places import published
from dashboard.ranking.scale import Floats, transformed
from dashboard.ranking.score import Scores, places_alone, score
from dashboard.ranking.stability import BEST, DRAWS, Stability, stability
from dashboard.ranking.standard import Leaf, Standard
from dashboard.ranking.table import Table, labour_force, measured
from dashboard.semantics.words import Text


class Criterion(NamedTuple):
    """One child of the tree's root: `weight` in percent as it counted, `contribution` in points of the score."""

    name: str
    label: Text
    score: float | None
    weight: float
    contribution: float


@dataclass(frozen=True)
class LeafScore:
    """One leaf of one unit: `value` as measured, `score` on its scale, `weight` in percent of the whole as it counted.

    `giver`: of a manual item, who gave the points (`city`, `district`, `own`); else empty.
    """

    leaf: Leaf
    value: float | None
    score: float | None
    weight: float
    contribution: float
    giver: str


@dataclass(frozen=True)
class Place:
    """A unit's place, and no more."""

    code: str
    name: str
    score: Decimal
    rank: int


@dataclass(frozen=True)
class RankedUnit:
    """One unit; what an ineligible one has not is None. `unclear`: its interval holds the last place among the best."""

    code: str
    name: str
    score: Decimal | None
    rank: int | None
    eligible: bool
    reasons: tuple[Reason, ...]
    low: int | None = None
    high: int | None = None
    p_best: float | None = None
    unclear: bool = False
    labour_force: float | None = None
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True)
class Ranking:
    """The result. `values`: units × leaves as measured; `refused`: row → why; `peers`: the rows of `scores`.

    `drawn`: gives the stability, drawn when it is first asked for. `shown`: the units that `units` lists (None: all);
    all are peers.
    """

    standard: Standard
    table: Table
    period: str
    values: Floats
    refused: Mapping[int, tuple[Reason, ...]]
    peers: NDArray[np.int64]
    scores: Scores
    drawn: Callable[[], Stability]
    best: int = BEST
    shown: frozenset[str] | None = None

    @property
    def stability(self) -> Stability:
        """How sure each peer's place is."""
        return self.drawn()

    @cached_property
    def units(self) -> tuple[RankedUnit, ...]:
        """The units shown: from the first place on, equal ones in the table's order; then those left out."""
        left_out = [row for row in self.refused if self._shows(row)]
        return (*map(self._ranked, self._in_order), *map(self._left_out, left_out))

    @property
    def number(self) -> int:
        """How many of the units shown have a place."""
        return len(self._in_order)

    def best_places(self, most: int) -> tuple[Place, ...]:
        """The first `most` of `units`, by their places alone: how sure those are need not be drawn."""
        return tuple(map(self._place, self._in_order[:most]))

    def unit(self, code: str) -> RankedUnit | None:
        """The one of `units` that has the code."""
        if not self.lists(code):
            return None
        at = self.peer_of.get(code)
        return self._left_out(self._row_of[code]) if at is None else self._ranked(at)

    @cached_property
    def _in_order(self) -> list[int]:
        """The positions among the peers of the units shown that have a place."""
        return [at for at in np.argsort(self.scores.places, kind="stable").tolist() if self._shows(self.peers[at])]

    def lists(self, unit: str) -> bool:
        """Whether `units` has the unit of that code."""
        return unit in self._row_of and self._shows(self._row_of[unit])

    def _shows(self, row: int) -> bool:
        return self.shown is None or self.table.units[row] in self.shown

    @cached_property
    def peer_of(self) -> Mapping[str, int]:
        """Each ranked unit's position among the peers."""
        return {self.table.units[row]: at for at, row in enumerate(self.peers.tolist())}

    def leaves(self, unit: str) -> tuple[LeafScore, ...]:
        """The leaves of one unit; of one that is left out, the values alone. KeyError: no such unit."""
        row = self._row_of[unit]
        at = self.peer_of.get(unit)
        return tuple(self._leaf(number, leaf, row, at) for number, leaf in enumerate(self.standard.leaves))

    @cached_property
    def _row_of(self) -> Mapping[str, int]:
        return {unit: row for row, unit in enumerate(self.table.units)}

    def _place(self, at: int) -> Place:
        row = int(self.peers[at])
        score = published(int(self.scores.steps[at]), self.standard.decimals)
        return Place(self.table.units[row], self.table.names[row], score, int(self.scores.places[at]))

    def _ranked(self, at: int) -> RankedUnit:
        listed = self._listed
        row = listed.rows[at]
        low, high, p_best = listed.sureness[at] if listed.sureness else (None, None, None)
        return RankedUnit(
            code=self.table.units[row],
            name=self.table.names[row],
            score=published(listed.steps[at], self.standard.decimals),
            rank=listed.places[at],
            eligible=True,
            reasons=(),
            low=low,
            high=high,
            p_best=p_best,
            unclear=low is not None and high is not None and low <= self.best <= high,
            labour_force=labour_force(self.table, row),
            criteria=self._criteria(listed.criteria[at]),
        )

    @cached_property
    def _listed(self) -> "_Listed":
        scores, sure = self.scores, self.stability
        criteria = np.stack([scores.criteria, scores.criterion_shares, scores.criterion_points], axis=2)
        return _Listed(
            rows=self.peers.tolist(),
            steps=scores.steps.tolist(),
            places=scores.places.tolist(),
            sureness=list(zip(sure.low.tolist(), sure.high.tolist(), sure.p_best.tolist(), strict=True)),
            criteria=criteria.tolist(),
        )

    def _left_out(self, row: int) -> RankedUnit:
        return RankedUnit(
            code=self.table.units[row],
            name=self.table.names[row],
            score=None,
            rank=None,
            eligible=False,
            reasons=self.refused[row],
            labour_force=labour_force(self.table, row),
        )

    def _criteria(self, found: list[list[float]]) -> tuple[Criterion, ...]:
        return tuple(
            Criterion(node.name, node.label, None if math.isnan(score) else score, 100 * share, points)
            for node, (score, share, points) in zip(self.standard.tree.children, found, strict=True)
        )

    def _leaf(self, number: int, leaf: Leaf, row: int, at: int | None) -> LeafScore:
        giver = self.table.givers.get(leaf.measure.column, ())
        return LeafScore(
            leaf=leaf,
            value=_known(self.values[row, number]),
            score=None if at is None else _known(self.scores.leaves[at, number]),
            weight=0.0 if at is None else 100 * float(self.scores.leaf_shares[at, number]),
            contribution=0.0 if at is None else float(self.scores.leaf_points[at, number]),
            giver=giver[row] if giver else "",
        )


@dataclass(frozen=True)
class _Listed:
    """What is told of each peer as Python's own numbers: taken from an array one by one they cost ten times as much.

    `sureness`: best and worst likely rank, chance of the best ten; empty without draws. `criteria`: of each child of
    the root score, share and points.
    """

    rows: list[int]
    steps: list[int]
    places: list[int]
    sureness: list[tuple[int, int, float]]
    criteria: list[list[list[float]]]


def _known(number: np.float64) -> float | None:
    return None if np.isnan(number) else float(number)


def _once(make: Callable[[], Stability]) -> Callable[[], Stability]:
    """`make`, run when first asked for, by one thread: many panels of a page ask at once."""
    kept, lock = cache(make), Lock()

    def found() -> Stability:
        with lock:
            return kept()

    return found


def usable_values(standard: Standard, values: Floats) -> Floats:
    """Units × leaves as the scales take them: measured, then transformed."""
    columns = [transformed(leaf.measure, values[:, at]) for at, leaf in enumerate(standard.leaves)]
    return np.stack(columns, axis=1)


def ranks(table: Table, standard: Standard) -> dict[str, int]:
    """The rank of each ranked unit, as `rank_table` gives it, and nothing else: for how ranks moved over time."""
    tree, leaves = numbered(standard.tree), standard.leaves
    usable = usable_values(standard, measured(table, standard))
    refused = reasons(table, standard, tree, ~np.isnan(usable))
    peers = [row for row in range(len(table.units)) if row not in refused]
    found = places_alone(tree, leaves, usable[np.array(peers, dtype=np.int64)], standard.decimals)
    return dict(zip([table.units[row] for row in peers], found.tolist(), strict=True))


def rank_table(
    table: Table,
    standard: Standard,
    period: str = "",
    *,
    draws: int = DRAWS,
    best: int = BEST,
    shown: frozenset[str] | None = None,
) -> Ranking:
    """Rank `table` by `standard`; the draws' seed is made from the `period`'s name. `shown`: units to list (all).

    Without draws nothing is said of how sure a place is.
    """
    tree, leaves = numbered(standard.tree), standard.leaves
    values = measured(table, standard)
    usable = usable_values(standard, values)
    refused = reasons(table, standard, tree, ~np.isnan(usable))
    peers = np.array([row for row in range(len(table.units)) if row not in refused], dtype=np.int64)
    return Ranking(
        standard=standard,
        table=table,
        period=period,
        values=values,
        refused=refused,
        peers=peers,
        scores=score(tree, leaves, usable[peers], standard.decimals),
        drawn=_once(partial(stability, tree, leaves, usable[peers], period, standard.decimals, draws=draws, best=best)),
        best=best,
        shown=shown,
    )
