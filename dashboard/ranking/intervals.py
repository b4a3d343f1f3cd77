"""How far chance alone may carry a rate: intervals of proportions and of counts (methods.md, d.1).

Wilson 1927 for proportions; for counts Byar's approximation (Breslow and Day 1987), below ten the exact Poisson limits.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Final

from scipy.special import gammaincinv, ndtr

Z_95: Final = 1.959964  # 95 %: what stands beside a rate
Z_998: Final = 3.090232  # 99.8 %: the outer limits of a funnel
_EXACT_BELOW: Final = 10


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, in the unit of what it is an interval of."""

    low: float
    high: float


def wilson(count: float, of: float, z: float = Z_95) -> Interval | None:
    """The interval of `count` ÷ `of` as shares of 1; None where nothing was counted, or more than there was."""
    if of <= 0 or not 0 <= count <= of:
        return None
    share, square = count / of, z * z
    middle = 2 * count + square
    width = z * sqrt(max(0.0, square + 4 * count * (1 - share)))
    whole = 2 * (of + square)
    return Interval(max(0.0, (middle - width) / whole), min(1.0, (middle + width) / whole))


def events(count: float, z: float = Z_95) -> Interval | None:
    """The interval of a count of events; divided by its base it is the rate's. None below 0."""
    if count < 0:
        return None
    if count < _EXACT_BELOW:
        return exact(count, z)
    low = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3
    more = count + 1
    return Interval(low, more * (1 - 1 / (9 * more) + z / (3 * sqrt(more))) ** 3)


def exact(count: float, z: float = Z_95) -> Interval:
    """The exact Poisson interval of a count (Garwood 1936)."""
    tail = float(ndtr(-z))
    low = float(gammaincinv(count, tail)) if count else 0.0
    return Interval(low, float(gammaincinv(count + 1, 1 - tail)))
