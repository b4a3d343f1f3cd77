"""What a metric of the second calculation is: parts, each credited to a region, and how parts combine."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from .calendar import Period
from .regions import LEVELS, tree
from .rows import Live

Amount = Fraction | int


@dataclass(frozen=True)
class Part:
    """What one row brings: to the numerator, to the denominator, for whom it counts once (`key`).

    A dimension's value may be a frozenset: the row then belongs to each of its groups.
    """

    region: str
    num: Amount = 0
    den: Amount = 0
    dims: Mapping[str, Any] = field(default_factory=dict)
    key: str | None = None


Parts = Callable[..., Iterable[Part]]
Value = Fraction | None


def total(parts: Iterable[Part]) -> Value:
    """A flow or a stock: the sum, 0 where there are no rows."""
    return sum((Fraction(part.num) for part in parts), Fraction(0))


def times(parts: Iterable[Part]) -> Value:
    """A ratio of two sums; missing at a denominator of 0."""
    parts = list(parts)
    below = sum((Fraction(part.den) for part in parts), Fraction(0))
    return sum((Fraction(part.num) for part in parts), Fraction(0)) / below if below else None


def percent(parts: Iterable[Part]) -> Value:
    ratio = times(parts)
    return None if ratio is None else 100 * ratio


def distinct(parts: Iterable[Part]) -> Value:
    return Fraction(len({part.key for part in parts if part.key is not None}))


def per_person(parts: Iterable[Part]) -> Value:
    parts = list(parts)
    persons = distinct(parts)
    amount = total(parts)
    return amount / persons if amount is not None and persons else None


def median(parts: Iterable[Part]) -> Value:
    """The middle value, or the mean of the middle two."""
    days = sorted(Fraction(part.num) for part in parts)
    if not days:
        return None
    return (days[(len(days) - 1) // 2] + days[len(days) // 2]) / 2


@dataclass(frozen=True)
class Metric:
    """One metric: its parts, how they combine, the lowest level that has it, and what a target on it means."""

    name: str
    parts: Parts
    combine: Callable[[Iterable[Part]], Value]
    kind: str  # flow, stock, ratio, distinct
    lowest: str = "community"
    per_region: bool = False
    exists: Callable[[Live, Period, str], bool] | None = None

    def of(self, live: Live, period: Period, region: str) -> list[Part]:
        """The parts credited to `region` or below it."""
        memo = (self.name, period, region if self.per_region else None)
        if memo not in live.memory:
            found = self.parts(live, period, region) if self.per_region else self.parts(live, period)
            live.memory[memo] = by_region(live, found)
        parts: list[Part] = live.memory[memo].get(region, [])
        return parts

    def there(self, live: Live, period: Period, region: str) -> bool:
        """Whether the metric exists for `region`: some exist from a higher level on only."""
        level = tree(live).level(region)
        if LEVELS.index(level) > LEVELS.index(self.lowest):
            return False
        return self.exists is None or self.exists(live, period, level)


def by_region(live: Live, parts: Iterable[Part]) -> dict[str, list[Part]]:
    """The parts by every region that they are credited to: their own and all above it."""
    above = tree(live).above
    found: dict[str, list[Part]] = {}
    for part in parts:
        for region in above[part.region]:
            found.setdefault(region, []).append(part)
    return found


METRICS: dict[str, Metric] = {}


def metric(name: str, combine: Callable[[Iterable[Part]], Value], kind: str, **more: Any) -> Callable[[Parts], Parts]:
    """Declare a function as the parts of the metric `name`."""

    def declare(parts: Parts) -> Parts:
        METRICS[name] = Metric(name, parts, combine, kind, **more)
        return parts

    return declare


def flow(name: str) -> Callable[[Parts], Parts]:
    return metric(name, total, "flow")


def stock(name: str, **more: Any) -> Callable[[Parts], Parts]:
    return metric(name, total, "stock", **more)


def ratio(name: str) -> Callable[[Parts], Parts]:
    return metric(name, percent, "ratio")


def open_at(begun: date | None, ended: date | None, day: date) -> bool:
    """Whether a spell that begins with `begun` and is over from `ended` on is open at `day`."""
    return begun is not None and begun <= day and (ended is None or ended > day)
