"""The peers' scores and what they are made of, as arrays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.ranking.aggregate import Branch, Mask, Sheet, Tree, contributions, leaf_weights, shares, value
from dashboard.ranking.places import places, steps
from dashboard.ranking.scale import Floats, scaled
from dashboard.ranking.standard import Leaf, Scale


@dataclass(frozen=True)
class Scores:
    """Arrays of the peers, in the table's order. Shares are of 1, as they counted for that peer."""

    leaves: Floats  # peers × leaves: 0 … 100
    leaf_shares: Floats
    leaf_points: Floats  # peers × leaves: contributions; a row sums to the score
    criteria: Floats  # peers × children of the root; NaN: missing
    criterion_shares: Floats
    criterion_points: Floats
    totals: Floats  # the unrounded score
    steps: NDArray[np.int64]  # the score as published, in units of the last decimal
    places: NDArray[np.int64]


@dataclass(frozen=True)
class Pattern:
    """Units that have the same leaves present."""

    units: NDArray[np.int64]
    present: Mask


def patterns(present: NDArray[np.bool_]) -> list[Pattern]:
    """The units (rows of `present`) grouped by which leaves they have."""
    if not present.size:
        return []
    packed = np.packbits(present, axis=1)
    found, which = np.unique(packed, axis=0, return_inverse=True)
    order = np.argsort(which, kind="stable")
    groups = np.split(order, np.cumsum(np.bincount(which, minlength=len(found)))[:-1])
    return [Pattern(units, present[units[0]]) for units in groups]


def score(tree: Tree, leaves: tuple[Leaf, ...], values: Floats, decimals: int) -> Scores:
    """Score the peers whose transformed leaf `values` (peers × leaves) are given."""
    count, children = values.shape[0], tree.root.children
    on_scale = scale_all(tree, leaves, values)
    leaf_shares, leaf_points = np.zeros(values.shape), np.zeros(values.shape)
    criteria, criterion_shares = np.full((count, len(children)), np.nan), np.zeros((count, len(children)))
    weights, groups = tree.weights[:, None], patterns(~np.isnan(values))
    totals = _totals(tree, on_scale, groups)
    for group in groups:
        present = group.present
        sheet = Sheet(on_scale[group.units], present, weights)
        leaf_shares[group.units] = leaf_weights(tree, present)
        leaf_points[group.units] = contributions(tree.root, sheet)
        for child, share in shares(tree.root, present, weights):
            criterion_shares[group.units, children.index(child)] = share[0]
            criteria[group.units, children.index(child)] = value(child, sheet)[0]
    spans = [_leaves_below(child) for child in children]
    points = np.stack([leaf_points[:, span].sum(axis=1) for span in spans], axis=1)
    rounded = steps(totals, decimals)
    return Scores(
        on_scale, leaf_shares, leaf_points, criteria, criterion_shares, points, totals, rounded, places(rounded)
    )


def places_alone(tree: Tree, leaves: tuple[Leaf, ...], values: Floats, decimals: int) -> NDArray[np.int64]:
    """The places that `score` gives, without what the scores are made of."""
    totals = _totals(tree, scale_all(tree, leaves, values), patterns(~np.isnan(values)))
    return places(steps(totals, decimals))


def _totals(tree: Tree, on_scale: Floats, groups: list[Pattern]) -> Floats:
    totals = np.empty(on_scale.shape[0])
    for group in groups:
        sheet = Sheet(on_scale[group.units], group.present, tree.weights[:, None])
        totals[group.units] = value(tree.root, sheet)[0]
    return totals


def scale_all(tree: Tree, leaves: tuple[Leaf, ...], values: Floats, other: Scale | None = None) -> Floats:
    """Each leaf's values by its own scale, or indicators by the `other`: peers × leaves."""
    columns = [scaled(leaf.measure, values[:, at], tree.floors[at], other=other) for at, leaf in enumerate(leaves)]
    return np.stack(columns, axis=1)


def _leaves_below(branch: Branch) -> slice:
    """The leaves below a node are neighbours, for they are numbered in the order of the file."""
    first = last = branch
    while first.children:
        first = first.children[0]
    while last.children:
        last = last.children[-1]
    return slice(first.leaf, (last.leaf or 0) + 1)
