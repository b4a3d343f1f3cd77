"""An attacker of its own making: bounds pushed through every sum until nothing moves, and elimination in fractions."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from fractions import Fraction
from math import inf

from dashboard.publish.disclosure import Sum

Row = tuple[dict[Hashable, Fraction], Fraction]


def solved(shown: Mapping[Hashable, int], sums: Sequence[Sum], hidden: Collection[Hashable]) -> dict[Hashable, int]:
    """The hidden counts that follow from what is shown, with their values; a hidden count is at least 1."""
    return _by_bounds(shown, sums, hidden) | _by_elimination(shown, sums, hidden)


def _by_bounds(shown: Mapping[Hashable, int], sums: Sequence[Sum], hidden: Collection[Hashable]) -> dict[Hashable, int]:
    low: dict[Hashable, float] = dict.fromkeys(hidden, 1) | dict(shown)
    high: dict[Hashable, float] = dict.fromkeys(hidden, inf) | dict(shown)
    moved = True
    while moved:
        moved = False
        for one in sums:
            parts = one.parts
            bounds = {one.whole: (sum(low[key] for key in parts), sum(high[key] for key in parts))}
            for key in parts:
                others = [part for part in parts if part != key]
                bounds[key] = (
                    low[one.whole] - sum(high[part] for part in others),
                    high[one.whole] - sum(low[part] for part in others),
                )
            for key, (least, most) in bounds.items():
                if key in hidden and (least > low[key] or most < high[key]):
                    low[key], high[key] = max(low[key], least), min(high[key], most)
                    moved = True
    return {key: int(low[key]) for key in hidden if low[key] == high[key]}


def _by_elimination(
    shown: Mapping[Hashable, int], sums: Sequence[Sum], hidden: Collection[Hashable]
) -> dict[Hashable, int]:
    rows = [_row(shown, one) for one in sums]
    done: list[Row] = []
    while rows:
        terms, given = rows.pop()
        if not terms:
            continue
        pivot = min(terms, key=str)
        scale = terms[pivot]
        row = ({key: value / scale for key, value in terms.items()}, given / scale)
        rows = [_without(pivot, row, other) for other in rows]
        done = [_without(pivot, row, other) for other in done] + [row]
    return {next(iter(terms)): int(given) for terms, given in done if len(terms) == 1}


def _row(shown: Mapping[Hashable, int], one: Sum) -> Row:
    signed = [(one.whole, 1), *((part, -1) for part in one.parts)]
    given = -sum(sign * shown[key] for key, sign in signed if key in shown)
    return {key: Fraction(sign) for key, sign in signed if key not in shown}, Fraction(given)


def _without(pivot: Hashable, row: Row, other: Row) -> Row:
    factor = other[0].get(pivot)
    if factor is None:
        return other
    terms = dict(other[0])
    for key, value in row[0].items():
        terms[key] = terms.get(key, Fraction(0)) - factor * value
    return {key: value for key, value in terms.items() if value}, other[1] - factor * row[1]
