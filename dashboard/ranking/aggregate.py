"""Leaf scores → node scores, up a tree, for many weightings at once.

One call serves units that have the same leaves present; a missing node's weight has gone to its siblings
in proportion. Rows of a result are weightings (draws), columns are units.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.ranking.scale import Floats
from dashboard.ranking.standard import Group, Leaf, Node

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Branch:
    """A node with its number (parents first; a row of the weights), and its leaf's number or its children."""

    number: int
    leaf: int | None
    geometric: bool
    children: tuple["Branch", ...] = ()


@dataclass(frozen=True)
class Tree:
    """A standard's tree, numbered: `weights` a node, `floors` a leaf (1 below a geometric node, else 0)."""

    root: Branch
    weights: Floats
    floors: Floats


@dataclass(frozen=True)
class Sheet:
    """What is drawn together: `scores` (units × leaves), the leaves `present`, `weights` (nodes × weightings)."""

    scores: Floats
    present: Mask
    weights: Floats


def numbered(tree: Group) -> Tree:
    """The tree in the form that the functions below take."""
    weights: list[float] = []
    floors: list[float] = []

    def number(node: Node, *, below_geometric: bool) -> Branch:
        position = len(weights)
        weights.append(node.weight)
        if isinstance(node, Leaf):
            floors.append(1.0 if below_geometric else 0.0)
            return Branch(position, len(floors) - 1, geometric=False)
        geometric = node.aggregate == "geometric"
        children = [number(child, below_geometric=below_geometric or geometric) for child in node.children]
        return Branch(position, None, geometric, tuple(children))

    root = number(tree, below_geometric=False)
    return Tree(root, np.array(weights), np.array(floors))


def shares(branch: Branch, present: Mask, weights: Floats) -> list[tuple[Branch, Floats]]:
    """The children that count, each with its share of 1 under each weighting; none where all are missing."""
    children = [child for child in branch.children if _counts(child, present, weights)]
    if not children:
        return []
    rows = weights[[child.number for child in children]]
    return list(zip(children, rows / rows.sum(axis=0), strict=True))


def _counts(branch: Branch, present: Mask, weights: Floats) -> bool:
    if not weights[branch.number].any():
        return False
    if branch.leaf is not None:
        return bool(present[branch.leaf])
    return any(_counts(child, present, weights) for child in branch.children)


def value(branch: Branch, sheet: Sheet) -> Floats:
    """The node's score: weightings × units; NaN all through where the node is missing."""
    shape = (sheet.weights.shape[1], sheet.scores.shape[0])
    if branch.leaf is not None:
        return np.broadcast_to(sheet.scores[:, branch.leaf], shape)
    if not _counts(branch, sheet.present, sheet.weights):
        return np.full(shape, np.nan)
    on_leaves = np.zeros((shape[0], sheet.scores.shape[1]))
    groups = _spread(branch, np.ones(shape[0]), sheet, on_leaves)
    # Leaves of other branches may be 0, which has no logarithm: they weigh nothing here, and must not be asked for one.
    known = np.where(sheet.present & on_leaves.any(axis=0), sheet.scores, 1.0)
    # Arithmetic, the mean is one matrix product over all leaves below; geometric, the same over logarithms.
    result = _product(on_leaves, np.log(known) if branch.geometric else known)
    for group, share in groups:
        inner = value(group, sheet)
        result += share[:, None] * (np.log(inner) if branch.geometric else inner)
    return np.exp(result, out=result) if branch.geometric else result


def _product(weights: Floats, scores: Floats) -> Floats:
    """Weightings × leaves by units × leaves. Of many weightings by einsum: `@` wakes threads that wait in a loop."""
    if len(weights) == 1:
        return np.asarray(weights @ scores.T)
    return np.asarray(np.einsum("wl,lu->wu", weights, scores.T))


def _spread(branch: Branch, share: Floats, sheet: Sheet, on_leaves: Floats) -> list[tuple[Branch, Floats]]:
    # Groups that aggregate like their parent melt into it; the others are returned to be computed apart.
    apart: list[tuple[Branch, Floats]] = []
    for child, part in shares(branch, sheet.present, sheet.weights):
        if child.leaf is not None:
            on_leaves[:, child.leaf] = share * part
        elif child.geometric == branch.geometric:
            apart += _spread(child, share * part, sheet, on_leaves)
        else:
            apart.append((child, share * part))
    return apart


def leaf_weights(tree: Tree, present: Mask) -> Floats:
    """Each leaf's share of 1 in the whole tree as its standard weighs it, where only those `present` count."""
    result = np.zeros(present.shape)
    _weigh(tree.root, 1.0, present, tree.weights[:, None], result)
    return result


def _weigh(branch: Branch, share: float, present: Mask, weights: Floats, result: Floats) -> None:
    if branch.leaf is not None:
        result[branch.leaf] = share
    for child, part in shares(branch, present, weights):
        _weigh(child, share * float(part[0]), present, weights, result)


def contributions(root: Branch, sheet: Sheet) -> Floats:
    """Units × leaves under the first weighting: what each leaf adds to the unit's score; a unit's row sums to it.

    An arithmetic node divides its points by weight × score. A geometric one divides them by weight × ln(score):
    on 1 … 100 the logarithms are not negative, add up to the node's, and a leaf at the lower end adds nothing.
    """
    result = np.zeros(sheet.scores.shape)
    _divide(root, value(root, sheet)[0], sheet, result)
    return result


def _divide(branch: Branch, points: Floats, sheet: Sheet, result: Floats) -> None:
    if branch.leaf is not None:
        result[:, branch.leaf] = points
        return
    parts = shares(branch, sheet.present, sheet.weights)
    inner = [value(child, sheet)[0] for child, _ in parts]
    if branch.geometric:
        inner = [np.log(score) for score in inner]
    terms = [float(share[0]) * score for (_, share), score in zip(parts, inner, strict=True)]
    total = np.sum(terms, axis=0)
    for (child, share), term in zip(parts, terms, strict=True):
        portion = np.divide(term, total, out=np.full(total.shape, float(share[0])), where=total > 0)
        _divide(child, points * portion, sheet, result)
