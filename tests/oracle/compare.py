"""Two answers to one question, held against each other figure by figure."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from .ask import TIMES, Ask, Key, Table, groups, has_rows, listed, word
from .metric import Value
from .regions import LEVELS, tree
from .rows import Live

CLOSE = 1e-9


def differences(live: Live, ask: Ask, rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """What differs between the second calculation and the product's `rows`, in words; nothing where they agree."""
    ours = groups(live, ask)
    theirs: dict[Key, Mapping[str, Any]] = {}
    found = []
    for row in rows:
        key = tuple(word(row["region_code" if name in LEVELS else name]) for name in ask.by)
        if key in theirs:
            found.append(f"{key} is given twice")
        theirs[key] = row
    found += list(unequal(ask, ours, theirs))
    found += list(unlisted(live, ask, ours, theirs))
    return found


def unequal(ask: Ask, ours: Table, theirs: Mapping[Key, Mapping[str, Any]]) -> Iterator[str]:
    for key in sorted(ours.keys() | theirs.keys()):
        for name in ask.metrics:
            mine = ours.get(key, {}).get(name)
            given = theirs.get(key, {}).get(name)
            if key in ours and key in theirs:
                if not same(mine, given):
                    yield f"{name} {key}: second calculation {shown(mine)}, product {given}"
            elif mine or given:
                yield f"{name} {key}: second calculation {shown(mine)}, product {given}, as the group is in one only"


def unlisted(live: Live, ask: Ask, ours: Table, theirs: Mapping[Key, Mapping[str, Any]]) -> Iterator[str]:
    """Valid regions and all their months are listed; others only with a figure."""
    if any(name not in LEVELS and name not in TIMES for name in ask.by):
        return
    place = next((number for number, name in enumerate(ask.by) if name in LEVELS), None)
    for key in ours.keys() - theirs.keys():
        if place is None or listed(live, ask, key[place]):
            yield f"{key} is not listed"
    if place is not None:
        for code in {key[place] for key in theirs} & tree(live).rows.keys():
            if not listed(live, ask, code) and not has_rows(live, ask, code):
                yield f"{code} is listed, though not valid and without a figure"


def same(mine: Value, given: Any) -> bool:
    """Equal to within 1e-9 of the value; missing only equals missing."""
    if mine is None or given is None:
        return mine is None and given is None
    return abs(float(mine - Fraction(given))) <= CLOSE * max(1.0, abs(float(mine)))


def shown(value: Value) -> str:
    return "missing" if value is None else f"{float(value):.10g} ({value})"
