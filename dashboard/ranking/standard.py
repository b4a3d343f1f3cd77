"""A standard (评估标准): the tree that a ranking's scores are made by, as a bureau wrote it.

Read from TOML by `dashboard.ranking.reading`; shape and meaning are those of metrics.md, *Ranking*.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from dashboard.semantics.words import Text

Aggregate = Literal["arithmetic", "geometric"]
Direction = Literal["+", "-"]
Method = Literal["goalposts", "minmax", "zscore", "rank"]
Transform = Literal["none", "log"]


@dataclass(frozen=True)
class Scale:
    """How a value becomes 0 … 100. `low`, `high`: goalposts, in the indicator's unit; `winsorise`: two shares of 1.

    `capped`: of a z-score; one that is not may leave 0 … 100.
    """

    method: Method
    low: float = 0.0
    high: float = 0.0
    winsorise: tuple[float, float] | None = None
    capped: bool = True


@dataclass(frozen=True)
class Indicator:
    """A metric, or a metric per 1,000 labour force, on a scale."""

    column: str
    direction: Direction
    scale: Scale
    transform: Transform = "none"
    per_1000_labour_force: bool = False


@dataclass(frozen=True)
class Rule:
    """Points of a scoring sheet out of `full`, by exactly one of `bands`, `per_unit` and `deduct_per_unit`.

    A band is (value, points): that value or more; with direction `-`, that value or less.
    """

    column: str
    full: float
    bands: tuple[tuple[float, float], ...] = ()
    per_unit: float | None = None
    deduct_per_unit: float | None = None
    cap: float | None = None
    floor: float = 0.0
    direction: Direction = "+"
    per_1000_labour_force: bool = False


@dataclass(frozen=True)
class Manual:
    """Points given by people out of `full`; `column` is the item's name in `assessments`."""

    column: str
    full: float


Measure = Indicator | Rule | Manual


@dataclass(frozen=True)
class Leaf:
    """One thing measured, with its weight among its siblings."""

    name: str
    label: Text
    weight: float
    measure: Measure


@dataclass(frozen=True)
class Group:
    """Nodes drawn together into one score."""

    name: str
    label: Text
    weight: float
    aggregate: Aggregate
    children: tuple["Group | Leaf", ...]


Node = Group | Leaf


@dataclass(frozen=True)
class Standard:
    """A dated standard; `valid_from` None: always in force. `decimals` of the published score."""

    name: Text
    valid_from: date | None
    level: str
    decimals: int
    labour_force_min: float
    weight_present_min: float
    tree: Group

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """All leaves, in the order of the file."""
        return tuple(node for node in walk(self.tree) if isinstance(node, Leaf))

    @cached_property
    def needs_labour_force(self) -> bool:
        """Whether some leaf is counted per 1,000 labour force."""
        return any(not isinstance(leaf.measure, Manual) and leaf.measure.per_1000_labour_force for leaf in self.leaves)


def walk(node: Node) -> Iterator[Node]:
    """`node` and all below it, parents first, in the order of the file."""
    yield node
    if isinstance(node, Group):
        for child in node.children:
            yield from walk(child)
