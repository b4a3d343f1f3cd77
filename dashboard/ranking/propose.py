"""Goalposts proposed from a year's four quarters: the 5th and the 95th percentile of what was measured.

Fixed for the next year, they keep its quarters comparable (methods.md, a.3). A bureau edits what is proposed here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from dashboard.ranking.ranking import Ranking
from dashboard.ranking.scale import Floats
from dashboard.ranking.standard import Group, Indicator, Leaf, Node, Scale, Standard
from dashboard.ranking.writing import standard_text

LOW, HIGH = 0.05, 0.95
_DIGITS: Final = 3  # significant ones: a goalpost is a norm, not a measurement


@dataclass(frozen=True)
class Proposal:
    """A standard on goalposts, with what each leaf's come from, by path."""

    standard: Standard
    comments: dict[str, tuple[str, ...]]


def propose(quarters: Sequence[Ranking], valid_from: date) -> Proposal:
    """Goalposts for the indicators of the standard that the `quarters` were ranked by, in force from `valid_from`.

    Those measured are the peers; an indicator that was the same everywhere keeps its scale, and this is said.
    """
    standard = quarters[0].standard
    measured = np.concatenate([each.values[each.peers] for each in quarters])
    columns = dict(zip(standard.leaves, measured.T, strict=True))
    names = ", ".join(each.period for each in quarters)
    comments: dict[str, tuple[str, ...]] = {}
    tree = _posted(standard.tree, "", columns, names, comments)
    return Proposal(replace(standard, valid_from=valid_from, tree=tree), comments)


def proposal_text(proposal: Proposal, head: Sequence[str] = ()) -> str:
    """The proposal as the TOML file that a bureau edits."""
    return standard_text(proposal.standard, head, proposal.comments)


def _posted(
    group: Group, path: str, columns: dict[Leaf, Floats], names: str, comments: dict[str, tuple[str, ...]]
) -> Group:
    children: list[Node] = []
    for child in group.children:
        place = path + child.name
        if isinstance(child, Group):
            children.append(_posted(child, f"{place}.", columns, names, comments))
        elif isinstance(child.measure, Indicator):
            scale, comments[place] = _goalposts(child.measure, columns[child], names)
            children.append(replace(child, measure=replace(child.measure, scale=scale)))
        else:
            children.append(child)
    return replace(group, children=tuple(children))


def _goalposts(measure: Indicator, column: Floats, names: str) -> tuple[Scale, tuple[str, ...]]:
    known = column[~np.isnan(column)]
    if measure.transform == "log":
        known = known[known > 0]
    if not known.size:
        return measure.scale, (f"{names}: nothing was measured; the scale is the former one.",)
    low, high = (float(found) for found in np.quantile(known, (LOW, HIGH), method="linear"))
    said = f"{names}: 5th percentile {low:.6g}, 95th {high:.6g}, lowest {known.min():.6g}, highest {known.max():.6g}"
    if _rounded(low) >= _rounded(high):
        low, high = float(known.min()), float(known.max())
        if _rounded(low) >= _rounded(high):
            return measure.scale, (f"{said}; all alike: the scale is the former one.",)
        said += "; the percentiles are alike: lowest and highest are taken"
    scale = Scale("goalposts", _rounded(low), _rounded(high))
    below, above = np.count_nonzero(known < scale.low), np.count_nonzero(known > scale.high)
    counts = f"{known.size} values of {column.size}; {below} lie below low, {above} above high."
    return scale, (f"{said}.", counts)


def _rounded(number: float) -> float:
    return float(f"{number:.{_DIGITS}g}")
