"""What the ranking would be under other weights: for trying out, never official.

Weights are moved in percent of their siblings, so that a standard that counts in hundredths and one that counts
heads are moved alike.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from dashboard.ranking.ranking import Ranking, rank_table
from dashboard.ranking.standard import Group, Node, Standard

SEPARATOR = "."


@dataclass(frozen=True)
class Weighed:
    """A node of a standard: its `path` of names, its weight in percent of its siblings, its share of the whole."""

    path: str
    node: Node
    depth: int
    weight: float
    share: float


def weighed(standard: Standard) -> Iterator[Weighed]:
    """All nodes below the root, parents first, in the order of the file."""
    yield from _below(standard.tree, "", 0, 100.0)


def _below(group: Group, path: str, depth: int, share: float) -> Iterator[Weighed]:
    total = sum(child.weight for child in group.children)
    for child in group.children:
        weight = 100 * child.weight / total
        found = Weighed(f"{path}{child.name}", child, depth, weight, share * weight / 100)
        yield found
        if isinstance(child, Group):
            yield from _below(child, found.path + SEPARATOR, depth + 1, found.share)


def reweighed(standard: Standard, weights: Mapping[str, float]) -> Standard:
    """`standard` with the weights of some nodes, by path and in percent of their siblings before the move.

    Unknown paths are left aside, and siblings whose weights would all be 0 keep their own.
    """
    return replace(standard, tree=_moved(standard.tree, "", weights)) if weights else standard


def _moved(group: Group, path: str, weights: Mapping[str, float]) -> Group:
    total = sum(child.weight for child in group.children)
    moved = [weights.get(path + child.name, 100 * child.weight / total) for child in group.children]
    if not any(path + child.name in weights for child in group.children) or not sum(moved) > 0:
        moved = [child.weight for child in group.children]
    children = [
        replace(_moved(child, path + child.name + SEPARATOR, weights), weight=weight)
        if isinstance(child, Group)
        else replace(child, weight=weight)
        for child, weight in zip(group.children, moved, strict=True)
    ]
    return replace(group, children=tuple(children))


def tried(ranking: Ranking, weights: Mapping[str, float]) -> Ranking:
    """The same table ranked under other weights, without its stability."""
    return rank_table(
        ranking.table, reweighed(ranking.standard, weights), ranking.period, draws=0, best=ranking.best,
        shown=ranking.shown,
    )  # fmt: skip
