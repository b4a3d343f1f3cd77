"""A funnel: the peers' rates against their size, with the limits that chance alone would keep (methods.md, d.2, d.3).

The middle is the pooled rate, never a mean of rates. Where the peers differ more than chance allows
(over-dispersion, Spiegelhalter 2005) the limits widen, or every large unit would look unusual.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import asin, pi, sin, sqrt
from typing import Final, Literal

import numpy as np
from scipy.special import ndtr, pdtr, pdtrik

from dashboard.ranking.intervals import Z_95, Z_998, Interval, events, wilson

Kind = Literal["proportion", "rate"]
Place = Literal["far_below", "below", "within", "above", "far_above"]

WINSORISED: Final = 0.1
LEAST_UNITS: Final = 10
_PLACES: Final[tuple[Place, ...]] = ("far_below", "below", "within", "above", "far_above")
# The chance of lying outside the inner limits (95 %).
OUTSIDE: Final = 0.05


@dataclass(frozen=True)
class Counted:
    """What a unit's rate is made of: `count` (of `of`, or per `of`)."""

    unit: str
    count: float
    of: float

    @property
    def rate(self) -> float:
        """count ÷ of."""
        return self.count / self.of


@dataclass(frozen=True)
class Funnel:
    """The peers that have a rate, their pooled `middle` (a share of 1, or per 1), and how much more they spread.

    `spread` (φ) and `between` (τ², on the scale of the roots): 1 and 0 where the limits are those of chance alone.
    """

    kind: Kind
    peers: tuple[Counted, ...]
    middle: float
    spread: float = 1.0
    between: float = 0.0

    @property
    def widened(self) -> bool:
        """Whether the limits allow for more than chance."""
        return self.between > 0

    @property
    def expected_outside(self) -> float:
        """How many peers chance alone would put outside the inner limits."""
        return len(self.peers) * OUTSIDE

    def limits(self, of: float, z: float) -> Interval:
        """The limits of a rate made of `of`, `z` standard deviations about the middle."""
        if self.between:
            return self._widened(of, z)
        if self.kind == "proportion":
            width = z * sqrt(self.middle * (1 - self.middle) / of)
            return Interval(max(0.0, self.middle - width), min(1.0, self.middle + width))
        return _poisson_limits(self.middle * of, of, z)

    def _widened(self, of: float, z: float) -> Interval:
        root = _root(self.kind, self.middle)
        width = z * sqrt(_error(of) ** 2 + self.between)
        if self.kind == "proportion":
            return Interval(sin(max(0.0, root - width)) ** 2, sin(min(pi / 2, root + width)) ** 2)
        return Interval(max(0.0, root - width) ** 2, (root + width) ** 2)

    def place(self, peer: Counted) -> Place:
        """Where a peer lies: outside the outer limits (0.1 % on each side), the inner ones (2.5 %), or within."""
        outer, inner = self.limits(peer.of, Z_998), self.limits(peer.of, Z_95)
        beyond = [peer.rate < outer.low, peer.rate < inner.low, peer.rate > inner.high, peer.rate > outer.high]
        return _PLACES[2 - beyond[0] - beyond[1] + beyond[2] + beyond[3]]

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """Where each of the peers lies, by unit."""
        return {peer.unit: self.place(peer) for peer in self.peers}

    def interval(self, peer: Counted) -> Interval | None:
        """The peer's own 95 % interval, as a rate."""
        return interval_of(self.kind, peer)


def interval_of(kind: Kind, counted: Counted) -> Interval | None:
    """The 95 % interval of what was counted, as a rate."""
    if kind == "proportion":
        return wilson(counted.count, counted.of)
    found = events(counted.count)
    return None if found is None else Interval(found.low / counted.of, found.high / counted.of)


def funnel(counted: Sequence[Counted], kind: Kind, *, widen: bool = True) -> Funnel | None:
    """The funnel of those that have a rate; None where none has, or a proportion counts more than there is.

    `widen`: allow for over-dispersion where at least ten peers spread more than chance does.
    """
    peers = tuple(one for one in counted if one.of > 0 and one.count >= 0)
    total = sum(one.of for one in peers)
    if not peers or (kind == "proportion" and any(one.count > one.of for one in peers)):
        return None
    plain = Funnel(kind, peers, sum(one.count for one in peers) / total)
    settled = plain.middle <= 0 or (kind == "proportion" and plain.middle >= 1)
    if not widen or settled or len(peers) < LEAST_UNITS:
        return plain
    spread, between = _dispersion(plain)
    return Funnel(kind, peers, plain.middle, spread, between)


def _poisson_limits(expected: float, of: float, z: float) -> Interval:
    """The rates whose exact interval just reaches the middle: beyond them a peer differs by more than chance."""
    if expected <= 0:
        return Interval(0.0, 0.0)
    tail = float(ndtr(-z))
    low = 0.0 if pdtr(0, expected) >= tail else float(pdtrik(tail, expected))
    return Interval(low / of, (1 + float(pdtrik(1 - tail, expected))) / of)


def _root(kind: Kind, rate: float) -> float:
    return asin(sqrt(rate)) if kind == "proportion" else sqrt(rate)


def _error(of: float) -> float:
    # arcsine of a share's root: 1 ÷ (2 √n). Root of a rate x ÷ n: 1 ÷ (2 √n) too, for √x has variance ¼.
    return 1 / (2 * sqrt(of))


def _dispersion(plain: Funnel) -> tuple[float, float]:
    """φ of the winsorised z-scores and τ² (DerSimonian and Laird), on the scale of the roots."""
    middle = _root(plain.kind, plain.middle)
    counts, sizes = np.array([(peer.count, peer.of) for peer in plain.peers]).T
    errors = 1 / (2 * np.sqrt(sizes))
    roots = np.sqrt(counts / sizes)
    z = ((np.arcsin(roots) if plain.kind == "proportion" else roots) - middle) / errors
    z = np.clip(z, *np.quantile(z, (WINSORISED, 1 - WINSORISED), method="linear"))
    count, spread = len(z), float(np.mean(z * z))
    if count * spread < count - 1 or spread <= 1:
        return spread, 0.0
    weights = 1 / errors**2
    below = weights.sum() - (weights**2).sum() / weights.sum()
    return spread, max(0.0, float((count * spread - (count - 1)) / below)) if below > 0 else 0.0
