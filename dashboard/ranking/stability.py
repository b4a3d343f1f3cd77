"""How sure a place is: the ranking drawn again under other weights and scales (metrics.md, *Ranking* 4).

One draw multiplies every node's weight by U(0.75, 1.25) and takes one scale for all indicator leaves: the
standard's own, minmax, zscore or rank. Rules and manual items keep their own.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dashboard.ranking.aggregate import Sheet, Tree, value
from dashboard.ranking.places import places, steps
from dashboard.ranking.scale import Floats
from dashboard.ranking.score import Pattern, patterns, scale_all
from dashboard.ranking.standard import Leaf, Scale

DRAWS: Final = 1_000
BEST: Final = 10
_SPREAD: Final = 0.25
_TAIL: Final = 0.05
_SCALES: Final = (None, Scale("minmax"), Scale("zscore"), Scale("rank"))
# Draws at once, and units at once: both keep the working set to some tens of megabytes at 100,000 units.
_DRAWS_AT_ONCE: Final = 32
_THREADS: Final = 2
_FEW: Final = 5_000  # units that one thread places as soon as two, and for less
_ROWS_AT_ONCE: Final = 8
_UNITS_AT_ONCE: Final = 4_096


@dataclass(frozen=True)
class Stability:
    """Each unit's 5–95 % interval of the place (whole, rounded outwards), and the share of draws among the best."""

    low: NDArray[np.int64]
    high: NDArray[np.int64]
    p_best: Floats


def stability(
    tree: Tree,
    leaves: tuple[Leaf, ...],
    values: Floats,
    period: str,
    decimals: int,
    *,
    draws: int = DRAWS,
    best: int = BEST,
) -> Stability:
    """The stability of the ranking of the peers whose transformed leaf `values` are given; empty without draws."""
    count = values.shape[0]
    if not count or not draws:
        return Stability(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    found = np.empty((draws, count), dtype=np.uint16 if count < np.iinfo(np.uint16).max else np.uint32)
    groups = patterns(~np.isnan(values))
    position = 0
    with ThreadPoolExecutor(_THREADS) as pool:  # sorting lets other threads run; to hand over single rows costs more
        spread: Callable[..., Iterator[list[NDArray[np.int64]]]] = map if count < _FEW else pool.map
        for scale, weights in _drawn(tree, period, draws):
            scores = scale_all(tree, leaves, values, scale)
            for chunk in np.array_split(weights, max(1, weights.shape[1] // _DRAWS_AT_ONCE), axis=1):
                rows = _drawn_scores(tree, scores, groups, chunk)
                blocks = np.array_split(rows, max(1, -(-len(rows) // _ROWS_AT_ONCE)))
                for ranks in spread(lambda block: [places(row) for row in steps(block, decimals)], blocks):
                    found[position : position + len(ranks)] = ranks
                    position += len(ranks)
    return _summary(found, best)


def _drawn(tree: Tree, period: str, draws: int) -> Iterator[tuple[Scale | None, Floats]]:
    # Raw bits, not `Generator.uniform`: numpy promises that only they stay the same in later versions (NEP 19).
    seed = int.from_bytes(sha256(period.encode()).digest()[:16], "big")
    raw = np.random.PCG64(seed).random_raw((draws, len(tree.weights) + 1))
    shares = (raw[:, 1:] >> np.uint64(11)) * 2.0**-53
    weights = (tree.weights * (1 - _SPREAD + 2 * _SPREAD * shares)).T
    picks = raw[:, 0] % np.uint64(len(_SCALES))
    for number, scale in enumerate(_SCALES):
        yield scale, weights[:, picks == number]


def _drawn_scores(tree: Tree, scores: Floats, groups: list[Pattern], weights: Floats) -> Floats:
    if len(groups) == 1:
        return value(tree.root, Sheet(scores, groups[0].present, weights))
    result = np.empty((weights.shape[1], scores.shape[0]))
    for group in groups:
        result[:, group.units] = value(tree.root, Sheet(scores[group.units], group.present, weights))
    return result


def _summary(found: NDArray[np.uint16] | NDArray[np.uint32], best: int) -> Stability:
    draws, count = found.shape
    low, high = np.empty(count, np.int64), np.empty(count, np.int64)
    at_low, at_high = _TAIL * (draws - 1), (1 - _TAIL) * (draws - 1)
    below, above = int(np.floor(at_low)), int(np.ceil(at_high))
    for start in range(0, count, _UNITS_AT_ONCE):
        some = slice(start, start + _UNITS_AT_ONCE)
        ordered = np.partition(found[:, some].T.copy(), (below, above), axis=1)
        low[some], high[some] = ordered[:, below], ordered[:, above]
    p_best = np.count_nonzero(found <= best, axis=0) / draws
    return Stability(low, high, p_best)
