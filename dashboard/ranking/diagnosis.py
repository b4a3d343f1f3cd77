"""What a standard does with a table: availability of its leaves, and what an editor should look at twice.

Thresholds: methods.md, a.6 (outliers), a.7 (dominance); OECD/JRC Handbook 2008, ch. 4 and 6 (correlation).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np

from dashboard.ranking.ranking import Ranking, usable_values
from dashboard.ranking.scale import Floats
from dashboard.ranking.standard import Indicator, Leaf
from dashboard.ranking.whatif import Weighed, weighed
from dashboard.semantics.words import Text

SKEW, KURTOSIS, LEAST_UNITS = 2.0, 3.5, 10
ALIKE, AGAINST = 0.9, -0.5
CAPPED, AVAILABLE, DOMINANT = 0.2, 0.8, 50.0
_NEARLY: Final = 1e-9


@dataclass(frozen=True)
class Warned:
    """Something to look at: the `path` of the node that it is about (empty: the standard), and what it is."""

    path: str
    code: str
    text: Text


@dataclass(frozen=True)
class Diagnosis:
    """`available`: by leaf's path, how many of the `units` have a value; `influence`: by criterion's name, r² × 100."""

    units: int
    peers: int
    available: dict[str, int]
    influence: dict[str, float]
    warnings: tuple[Warned, ...]


def diagnose(ranking: Ranking) -> Diagnosis:
    """What is to be said of a standard that has ranked a table."""
    nodes = list(weighed(ranking.standard))
    leaves = [found for found in nodes if isinstance(found.node, Leaf)]
    usable = usable_values(ranking.standard, ranking.values)
    peers = usable[ranking.peers]
    warnings = [*of_weights(nodes), *_of_columns(leaves, peers), *_of_pairs(leaves, ranking.scores.leaves, peers)]
    if len(ranking.peers) < len(ranking.table.units):
        warnings.append(_refused(ranking))
    return Diagnosis(
        units=len(ranking.table.units),
        peers=len(ranking.peers),
        available={leaf.path: int(np.count_nonzero(~np.isnan(usable[:, at]))) for at, leaf in enumerate(leaves)},
        influence=_influence(ranking),
        warnings=tuple(warnings),
    )


def of_weights(nodes: list[Weighed]) -> Iterator[Warned]:
    """What is to be said of the weights alone, without any table."""
    for found in nodes:
        if found.depth == 0 and found.share > DOMINANT:
            said = Text(
                f"权重{found.share:.4g}%，超过一半：其余各项合计也压不过它",
                f"weighs {found.share:.4g} %, more than half: all others together cannot outweigh it",
            )
            yield Warned(found.path, "dominant", said)
        if found.weight == 0:
            yield Warned(found.path, "no_weight", Text("权重为 0，不计分", "weighs nothing"))
    leaves = [found.node for found in nodes if isinstance(found.node, Leaf)]
    relative = sum(map(_is_relative, leaves))
    if relative:
        said = Text(
            f"{len(leaves)} 项中有 {relative} 项按本期各单位相对计分：各季度得分不可直接比较",
            f"{relative} of {len(leaves)} leaves are scaled by the period's peers: scores of quarters do not compare",
        )
        yield Warned("", "relative_scale", said)


def _is_relative(leaf: Leaf) -> bool:
    return isinstance(leaf.measure, Indicator) and leaf.measure.scale.method != "goalposts"


def _of_columns(leaves: list[Weighed], peers: Floats) -> Iterator[Warned]:
    for at, found in enumerate(leaves):
        known = peers[:, at][~np.isnan(peers[:, at])]
        count, all_of = known.size, peers.shape[0]
        if count < AVAILABLE * all_of:
            said = Text(f"{all_of} 个参评单位中仅 {count} 个有数据", f"has values for {count} of {all_of} peers only")
            yield Warned(found.path, "availability", said)
        if count and known.min() == known.max():
            said = Text("各单位数值相同，区分不出高低", "is the same for all: it tells nobody apart")
            yield Warned(found.path, "zero_range", said)
        elif count:
            yield from _of_spread(found, known)


def _of_spread(found: Weighed, known: Floats) -> Iterator[Warned]:
    skew, kurtosis = shape(known)
    if abs(skew) > SKEW and kurtosis > KURTOSIS:
        said = Text(
            f"有离群值（偏度 {skew:.1f}，峰度 {kurtosis:.1f}）：宜取对数或缩尾",
            f"has outliers (skewness {skew:.1f}, kurtosis {kurtosis:.1f}): consider log or winsorising",
        )
        yield Warned(found.path, "outliers", said)
    measure = found.node.measure if isinstance(found.node, Leaf) else None
    if not isinstance(measure, Indicator) or measure.scale.method != "goalposts":
        return
    low, high = measure.scale.low, measure.scale.high
    if measure.transform == "log":
        low, high = float(np.log(low)), float(np.log(high))
    below, above = (float(np.mean(side)) for side in (known < low - _NEARLY, known > high + _NEARLY))
    if max(below, above) > CAPPED:
        said = Text(
            f"{below:.0%} 的单位低于下限，{above:.0%} 高于上限：上下限应重定",
            f"{below:.0%} of the peers lie below low and {above:.0%} above high: set the goalposts anew",
        )
        yield Warned(found.path, "capped", said)


def _of_pairs(leaves: list[Weighed], scores: Floats, peers: Floats) -> Iterator[Warned]:
    for first, second in combinations(range(len(leaves)), 2):
        if isinstance(leaves[first].node, Leaf) and _same_group(leaves[first].path, leaves[second].path):
            both = ~np.isnan(peers[:, first]) & ~np.isnan(peers[:, second])
            r = correlation(scores[both, first], scores[both, second])
            if r is None or AGAINST < r < ALIKE:
                continue
            other = leaves[second].path
            said = (
                Text(
                    f"与 {other} 高度相关（r = {r:.2f}）：几乎重复计分",
                    f"goes with {other} (r = {r:.2f}): counted twice",
                )
                if r > 0
                else Text(f"与 {other} 负相关（r = {r:.2f}）：此高彼低", f"goes against {other} (r = {r:.2f})")
            )
            yield Warned(leaves[first].path, "correlation", said)


def _same_group(first: str, second: str) -> bool:
    return first.rpartition(".")[0] == second.rpartition(".")[0]


def _refused(ranking: Ranking) -> Warned:
    codes: dict[str, int] = {}
    for reasons in ranking.refused.values():
        codes[reasons[0].code] = codes.get(reasons[0].code, 0) + 1
    said = ", ".join(f"{code} {count}" for code, count in codes.items())
    out, units = len(ranking.refused), len(ranking.table.units)
    return Warned(
        "",
        "eligibility",
        Text(f"{units} 个单位中 {out} 个不参评（{said}）", f"leaves out {out} of {units} units ({said})"),
    )


def _influence(ranking: Ranking) -> dict[str, float]:
    """How much of the score's variance each criterion goes with: weights are trade-offs, not importance."""
    found = {}
    for at, node in enumerate(ranking.standard.tree.children):
        scores = ranking.scores.criteria[:, at]
        known = ~np.isnan(scores)
        r = correlation(scores[known], ranking.scores.totals[known])
        if r is not None:
            found[node.name] = 100 * r * r
    return found


def correlation(first: Floats, second: Floats) -> float | None:
    """Pearson's r; None for fewer than ten pairs or where one of the two does not vary."""
    if first.size < LEAST_UNITS or np.ptp(first) == 0 or np.ptp(second) == 0:
        return None
    return float(np.corrcoef(first, second)[0, 1])


def shape(known: Floats) -> tuple[float, float]:
    """Skewness and excess kurtosis, corrected for the number of values (as DuckDB and COINr); 0 for fewer than ten."""
    count, apart = known.size, known - known.mean()
    second = float(np.mean(apart**2))
    if count < LEAST_UNITS or second == 0:
        return 0.0, 0.0
    skew = float(np.mean(apart**3)) / second**1.5 * (count * (count - 1)) ** 0.5 / (count - 2)
    plain = float(np.mean(apart**4)) / second**2 - 3
    return skew, (count - 1) / ((count - 2) * (count - 3)) * ((count + 1) * plain + 6)
