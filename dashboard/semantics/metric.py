"""A metric: sums of measures, or a ratio of two such sums, with its meaning declared once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol

from dashboard.semantics.summing import Measure
from dashboard.semantics.words import Text

Kind = Literal["flow", "stock", "ratio", "distinct"]
Direction = Literal["+", "-", ""]
Key = tuple[Any, ...]
Value = Any  # int, float or Decimal, as DuckDB sums them
Figures = Mapping[Key, Value | None]


class Asked(Protocol):
    """A question under way: what a metric that is more than sums may ask."""

    @property
    def uses(self) -> frozenset[str]:
        """The dimensions that break down or filter."""
        ...

    def amounts(self, measure: Measure, extra: tuple[str, ...] = ()) -> Mapping[Key, Value]:
        """The measure's amounts by group (first day of the period, region_id, dimensions), then by `extra`."""
        ...


@dataclass(frozen=True)
class Among:
    """Rows of some groups: of `dimensions`, those in `groups`, or, unless `kept`, those that are not."""

    dimensions: tuple[str, ...]
    groups: frozenset[tuple[Any, ...]]
    kept: bool = True


@dataclass(frozen=True, eq=False)
class Part:
    """One of the sums that a figure is made of: its `name` in the formula; `among`: only rows of some groups."""

    name: str
    measures: tuple[Measure, ...]
    among: Callable[[Asked], Among] | None = None


@dataclass(frozen=True, eq=False)
class Metric:
    """One figure of the dictionary (metrics.md).

    `of` is summed; over `per`, if given, times `scale`. `custom` computes what sums cannot. `exists_from`: the lowest
    level at which the figure exists. `required`: dimensions that a question must break down or filter by. `made_of`,
    `formula`: the sums of a custom figure, where they are not `of` and `per`, and how it follows from them.
    """

    name: str
    label: Text
    definition: Text
    unit: str
    kind: Kind
    direction: Direction
    sources: tuple[str, ...]
    of: tuple[Measure, ...]
    per: tuple[Measure, ...] = ()
    scale: int = 1
    exists_from: str = "community"
    required: tuple[str, ...] = ()
    custom: Callable[[Asked], Figures] | None = None
    fills: bool = True
    made_of: tuple[Part, ...] = ()
    formula: Callable[[Mapping[str, Value]], Value | None] | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """The sums that its figure is made of: the whole, or what stands above and below the line."""
        if self.made_of:
            return self.made_of
        above = Part("above" if self.per else "whole", self.of)
        return (above, Part("below", self.per)) if self.per else (above,)

    def made(self, totals: Mapping[str, Value | None]) -> Value | None:
        """Its figure from the totals of its parts; a part that has no rows is missing."""
        if self.formula is not None:
            return self.formula({name: total or 0 for name, total in totals.items()})
        if "below" not in totals:
            return self.empty if totals["whole"] is None else totals["whole"]
        below = totals["below"]
        return self.scale * float(totals["above"] or 0) / float(below) if below else None

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What it can be broken down by, besides time and place: the dimensions that all its sums have."""
        shared = [set(measure.fact.dimensions) for measure in self.of + self.per]
        return tuple(name for name in self.of[0].fact.dimensions if all(name in names for names in shared))

    @property
    def empty(self) -> Value | None:
        """Its figure where there are no rows: 0 for what adds up or counts, missing for a ratio."""
        return 0 if self.kind != "ratio" and self.fills else None

    def figures(self, asked: Asked) -> Figures:
        """Its figure for each group that has one."""
        if self.custom is not None:
            return self.custom(asked)
        numerator = added(asked.amounts(measure) for measure in self.of)
        if not self.per:
            return numerator
        return ratio(numerator, added(asked.amounts(measure) for measure in self.per), self.scale)


PERCENT: Final = 100


def added(parts: Iterable[Mapping[Key, Value]]) -> Mapping[Key, Value]:
    """The sums of several measures by group."""
    first, *others = parts
    if not others:
        return first
    total = dict(first)
    for part in others:
        for key, amount in part.items():
            total[key] = total[key] + amount if key in total else amount
    return total


def ratio(numerator: Mapping[Key, Value], denominator: Mapping[Key, Value], scale: int) -> Figures:
    """`scale` × numerator ÷ denominator by group; missing where the denominator is 0 or missing."""
    return {key: scale * float(numerator.get(key, 0)) / float(below) for key, below in denominator.items() if below}
