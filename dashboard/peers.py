"""Where one region stands among its siblings: their range, and its own place with ties."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import quantiles
from typing import Any, Final

PEERS: Final = 2  # one region alone has no peers


@dataclass(frozen=True)
class Standing:
    """The peers' least, quartiles and most; `place` of `number` counts from the better end and is `shared` on ties."""

    value: float | None
    low: float
    quarter: float
    median: float
    three_quarters: float
    high: float
    place: int | None
    number: int
    shared: bool

    @property
    def is_better_half(self) -> bool:
        """Whether no more than half of the peers stand before it."""
        return self.place is not None and 2 * self.place <= self.number + 1

    def position(self, value: float) -> float:
        """Where `value` lies between the least and the most, in percent; the middle where all are equal."""
        return 50.0 if self.high == self.low else 100 * (value - self.low) / (self.high - self.low)


def standing(values: Mapping[str, Any], own: str, direction: str) -> Standing | None:
    """The place of `own` among `values` (by code, its own counted); None where fewer than two are known.

    `direction`: "-" puts the least first, else the most. Quartiles by linear interpolation, ends counted.
    """
    known = {code: float(value) for code, value in values.items() if value is not None}
    if len(known) < PEERS:
        return None
    ordered = sorted(known.values())
    first, second, third = quantiles(ordered, n=4, method="inclusive")
    value = known.get(own)
    before = 0 if value is None else sum(other < value if direction == "-" else other > value for other in ordered)
    return Standing(
        value=value,
        low=ordered[0],
        quarter=first,
        median=second,
        three_quarters=third,
        high=ordered[-1],
        place=None if value is None else before + 1,
        number=len(ordered),
        shared=value is not None and ordered.count(value) > 1,
    )
