"""Frames: rows as arrays by column, before they are written.

Days are whole numbers (`calendar.NEVER`: never), money is in cents, choices are places in the contract's list,
texts places in `names.POOLS` (or objects), codes are numbers; −1 is a missing value of any of them.
Columns that begin with `_` are known to the generator only.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Frame = dict[str, NDArray[Any]]
PART_SPAN: Final = 10**8


def length(frame: Frame) -> int:
    """How many rows `frame` has."""
    return len(next(iter(frame.values()))) if frame else 0


def taken(frame: Frame, rows: NDArray[Any]) -> Frame:
    """The rows of `frame` that `rows` (a mask or places) names."""
    return {name: values[rows] for name, values in frame.items()}


def joined(frames: Iterable[Frame]) -> Frame:
    """The rows of all `frames`, which have the same columns; a column that one lacks is missing there."""
    given = [frame for frame in frames if frame]
    parts = [frame for frame in given if length(frame)]
    if not parts:
        return given[0] if given else {}
    names = list(dict.fromkeys(name for frame in parts for name in frame))
    return {name: np.concatenate([part.get(name, missing(part)) for part in parts]) for name in names}


def missing(frame: Frame) -> NDArray[np.int64]:
    """A column without values, as long as `frame`."""
    return np.full(length(frame), -1, dtype=np.int64)


def serials(part: int, size: int, begin: int = 1) -> NDArray[np.int64]:
    """`size` numbers that no other part of the city gives."""
    return part * PART_SPAN + np.arange(begin, begin + size, dtype=np.int64)


def ranks(*keys: NDArray[Any]) -> NDArray[np.int64]:
    """Each row's place (from 0) among the rows with the same values in all `keys` but the last, by the last."""
    order = np.lexsort(keys[::-1])
    changed = np.zeros(len(order), dtype=bool)
    changed[:1] = True
    for key in keys[:-1]:
        changed[1:] |= key[order][1:] != key[order][:-1]
    begin = np.flatnonzero(changed)
    places = np.arange(len(order)) - np.repeat(begin, np.diff(np.append(begin, len(order))))
    found = np.empty(len(order), dtype=np.int64)
    found[order] = places
    return found


def choice(rng: np.random.Generator, shares: Sequence[float], size: int) -> NDArray[np.int64]:
    """`size` places in a list, with these shares (they need not add up to 1)."""
    weights = np.array(shares) / np.sum(shares)
    return rng.choice(len(weights), size, p=weights).astype(np.int64)


def happens(rng: np.random.Generator, probability: float, size: int) -> NDArray[np.bool_]:
    """For each of `size` rows, whether something of this `probability` happens to it."""
    return rng.random(size) < probability
