"""Whether a series of months rises or falls, tested; often the honest answer is that it cannot be told.

Two tests, because months depend on each other in two ways. What is counted anew each month (a flow, a rate of flows)
has a season: the seasonal Kendall test sets each month against the same month of other years (Hirsch, Slack and Smith
1982, Water Resources Research 18(1), 107–121; ties after Kendall 1975 as in Gilbert 1987, ch. 17). What is found at
each month's end (a stock) carries the month before in it, so that its level would deceive any test of order: its
monthly changes are tested, by Wilcoxon's signed ranks (1945, Biometrics Bulletin 1(6), 80–83), exactly counted.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import erfc, sqrt
from typing import Final, Literal

Direction = Literal["rising", "falling", "unclear"]
Values = Sequence[float | None]

SIGNIFICANT: Final = 0.05
SEASONS: Final = 12
LEAST_PAIRS: Final = 12  # a year of months, each set against the same month of another year
LEAST_STEPS: Final = 6  # six changes are the fewest of which the exact test can find any trend


@dataclass(frozen=True)
class Trend:
    """What the months say: `p` is two-sided and missing where there are too few of them; `compared` months or steps."""

    direction: Direction
    p: float | None
    compared: int


UNTESTED: Final = Trend("unclear", None, 0)


def seasonal_trend(values: Values) -> Trend:
    """The trend of monthly `values`, the oldest first, by the seasonal Kendall test; two years at least are needed."""
    seasons = [[value for value in values[month::SEASONS] if value is not None] for month in range(SEASONS)]
    pairs = sum(len(season) * (len(season) - 1) // 2 for season in seasons)
    if pairs < LEAST_PAIRS:
        return Trend("unclear", None, pairs)
    scores = [kendall(season) for season in seasons]
    p = normal_p(sum(score for score, _ in scores), sum(variance for _, variance in scores))
    return _judged(sum(score for score, _ in scores), p, pairs)


def stock_trend(values: Values) -> Trend:
    """The trend of month-end `values`, oldest first, by the signed ranks of their changes; no change is no sign."""
    steps = [after - before for before, after in pairwise(values) if before is not None and after is not None]
    moved = [step for step in steps if step]
    if len(steps) < LEAST_STEPS:
        return Trend("unclear", None, len(steps))
    score, p = signed_ranks(moved)
    return _judged(score, p, len(steps))


def kendall(values: Sequence[float]) -> tuple[int, float]:
    """Kendall's S of values in the order of time, and its variance without a trend, ties counted."""
    score = sum(
        (later > earlier) - (later < earlier)
        for position, earlier in enumerate(values)
        for later in values[position + 1 :]
    )
    ties = sum(_spread(tied) for tied in Counter(values).values())
    return score, (_spread(len(values)) - ties) / 18


def normal_p(score: float, variance: float) -> float:
    """The two-sided p of S by the normal approximation, moved one towards zero (continuity)."""
    if not variance:
        return 1.0
    return erfc(max(abs(score) - 1, 0) / sqrt(2 * variance))


def signed_ranks(steps: Sequence[float]) -> tuple[float, float]:
    """The sum of the signed ranks (ties take their mean rank), and its exact two-sided p over all patterns of signs."""
    ranks = list(_doubled_ranks([abs(step) for step in steps]))
    score = sum(rank if step > 0 else -rank for rank, step in zip(ranks, steps, strict=True))
    patterns = Counter({0: 1})
    for rank in ranks:
        grown: Counter[int] = Counter()
        for total, number in patterns.items():
            grown[total + rank] += number
            grown[total - rank] += number
        patterns = grown
    as_far = sum(number for total, number in patterns.items() if abs(total) >= abs(score))
    return score / 2, as_far / 2 ** len(ranks)


def _judged(score: float, p: float, compared: int) -> Trend:
    if p >= SIGNIFICANT:
        return Trend("unclear", p, compared)
    return Trend("rising" if score > 0 else "falling", p, compared)


def _spread(number: int) -> int:
    return number * (number - 1) * (2 * number + 5)


def _doubled_ranks(sizes: Sequence[float]) -> Iterator[int]:
    """Twice the rank of each size, so that mean ranks of ties stay whole."""
    for size in sizes:
        smaller, same = sum(other < size for other in sizes), sum(other == size for other in sizes)
        yield 2 * smaller + same + 1
