"""How far an average of few may stray: limits for money per person, from how the units themselves differ.

Money per person is no share and no count, so neither the binomial nor the Poisson law gives its limits. What is known
of each unit is its average c over n persons. If persons cost alike everywhere but for their own differences (variance
σ²), the average of n of them varies with σ² ÷ n; σ² is taken from the units: the mean of n (c − c̄)², winsorised at a
tenth on either side as in the funnels of shares, so that the outliers looked for do not widen the limits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np

from dashboard.ranking.intervals import Interval

LEAST_UNITS: Final = 10
_WINSORISED: Final = 0.1


@dataclass(frozen=True)
class Average:
    """A unit's money per person over so many persons."""

    unit: str
    size: float
    value: float


@dataclass(frozen=True)
class Spread:
    """The average of all (their money ÷ their persons), and how much one person's cost varies; None for few units."""

    middle: float
    deviation: float | None

    def limits(self, size: float, z: float) -> Interval | None:
        """Between what an average of `size` persons lies by chance, `z` standard deviations about the middle."""
        if self.deviation is None:
            return None
        width = z * self.deviation / sqrt(size)
        return Interval(max(0.0, self.middle - width), self.middle + width)


def spread(averages: Sequence[Average]) -> Spread | None:
    """The spread of units that have persons; None where there are none."""
    known = [one for one in averages if one.size > 0]
    if not known:
        return None
    sizes = np.array([one.size for one in known])
    values = np.array([one.value for one in known])
    middle = float((sizes * values).sum() / sizes.sum())
    if len(known) < LEAST_UNITS:
        return Spread(middle, None)
    strays = np.sqrt(sizes) * (values - middle)
    strays = np.clip(strays, *np.quantile(strays, (_WINSORISED, 1 - _WINSORISED), method="linear"))
    return Spread(middle, float(np.sqrt((strays**2).sum() / (len(known) - 1))))
