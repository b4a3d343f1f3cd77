"""A leaf's values → 0 … 100, over the peers that have one. Missing is NaN, and stays so.

Formulas: metrics.md, *Ranking*. Under a geometric mean the scale's lower end is 1 instead of 0 (`floor`).
"""

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dashboard.ranking.standard import Indicator, Manual, Measure, Rule, Scale

Floats = NDArray[np.float64]

TOP: Final = 100.0
# What all peers get where a scale cannot tell them apart.
MIDDLE: Final = 50.0
# A share such as 27 ÷ 30 may come out as 89.99999999999999 %: it has reached the band of 90.
_BAND_TOLERANCE: Final = 1e-9


def transformed(measure: Measure, values: Floats) -> Floats:
    """`values` as the scale takes them; those that have no logarithm are missing.

    Goalposts cap before the logarithm is taken: there a 0 is the worst value, not an impossible one.
    """
    if not isinstance(measure, Indicator) or measure.transform == "none":
        return values
    if measure.scale.method == "goalposts":
        values = np.where(values <= 0, measure.scale.low, values)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(values > 0, np.log(values), np.nan)


def scaled(measure: Measure, values: Floats, floor: float = 0.0, *, other: Scale | None = None) -> Floats:
    """The peers' transformed `values` on `floor` … 100, by the measure's own scale or an indicator's by the `other`."""
    if isinstance(measure, Indicator):
        scale = _in_stead(measure, other) if other else _own(measure)
        return _on_scale(scale, values, floor, less=measure.direction == "-")
    points = values if isinstance(measure, Manual) else rule_points(measure, values)
    return _spread(points / measure.full, floor)


def _own(measure: Indicator) -> Scale:
    scale = measure.scale
    if measure.transform == "log" and scale.method == "goalposts":
        return replace(scale, low=float(np.log(scale.low)), high=float(np.log(scale.high)))
    return scale


def _in_stead(measure: Indicator, other: Scale) -> Scale:
    return replace(other, winsorise=measure.scale.winsorise) if other.method == "minmax" else other


def _on_scale(scale: Scale, values: Floats, floor: float, *, less: bool) -> Floats:
    result = np.full(values.shape, np.nan)
    present = ~np.isnan(values)
    known = values[present]
    if not known.size:
        return result
    match scale.method:
        case "goalposts":
            result[present] = _spread(_way(known, scale.low, scale.high, less=less), floor)
        case "minmax":
            result[present] = _minmax(known, scale.winsorise, floor, less=less)
        case "zscore":
            result[present] = _zscore(known, floor, less=less, capped=scale.capped)
        case "rank":
            result[present] = _rank(known, floor, less=less)
    return result


def _way(known: Floats, low: float, high: float, *, less: bool) -> Floats:
    return (high - known) / (high - low) if less else (known - low) / (high - low)


def _spread(share: Floats, floor: float) -> Floats:
    result: Floats = floor + (TOP - floor) * np.clip(share, 0.0, 1.0)
    return result


def _minmax(known: Floats, winsorise: tuple[float, float] | None, floor: float, *, less: bool) -> Floats:
    if winsorise:
        # numpy's "linear" is R's type 7: between order statistics.
        known = np.clip(known, *np.quantile(known, winsorise, method="linear"))
    low, high = float(known.min()), float(known.max())
    if low == high:
        return np.full(known.shape, MIDDLE)
    return _spread(_way(known, low, high, less=less), floor)


def _zscore(known: Floats, floor: float, *, less: bool, capped: bool) -> Floats:
    if known.min() == known.max():
        return np.full(known.shape, MIDDLE)
    z = (known - known.mean()) / known.std(ddof=1)
    result: Floats = MIDDLE - 10 * z if less else MIDDLE + 10 * z
    return np.clip(result, floor, TOP) if capped else result


def _rank(known: Floats, floor: float, *, less: bool) -> Floats:
    if known.size == 1:
        return np.full(known.shape, MIDDLE)
    rising = np.sort(known)
    better = (
        np.searchsorted(rising, known, side="left") if less else known.size - np.searchsorted(rising, known, "right")
    )
    return _spread(np.asarray(known.size - 1 - better, np.float64) / (known.size - 1), floor)


def rule_points(rule: Rule, values: Floats) -> Floats:
    """The points of a scoring sheet that `values` earn, between the rule's floor (0) and its cap (the full mark)."""
    if rule.per_unit is not None:
        return np.clip(values * rule.per_unit, rule.floor, rule.cap)
    if rule.deduct_per_unit is not None:
        return np.clip(rule.full - values * rule.deduct_per_unit, rule.floor, rule.cap)
    points = np.where(np.isnan(values), np.nan, 0.0)
    for limit, earned in reversed(rule.bands):
        reached = values >= limit - _BAND_TOLERANCE if rule.direction == "+" else values <= limit + _BAND_TOLERANCE
        points[reached] = earned
    return points
