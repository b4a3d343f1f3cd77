"""Which counts stay hidden: those of 1–4 persons, and whatever would give one of them back by subtraction.

A reader is taken to know every published count of every edition, every sum that holds between them, that a hidden
count is at least 1 (a nought is shown), and which counts a correction left as they were. What such a reader can still
say of a count is its range: least and greatest value by linear programming. A small count is safe while its range
holds at least three values.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from dashboard.publish.deduction import Key, System

HIDE_BELOW: Final = 5


@dataclass(frozen=True)
class Sum:
    """`whole` = Σ `parts`, as every reader knows."""

    whole: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True)
class Book:
    """All counts that an edition and the editions beside it are about, whether published or not.

    `counts`: the true values; `sums`: those that hold; `listed`: the keys that some edition lists (a nought among them
    is shown, so that a hidden one is at least 1); `shown`: what is published, or would be.
    """

    counts: Mapping[Key, int]
    sums: tuple[Sum, ...]
    listed: frozenset[Key]
    shown: frozenset[Key]
    below: int = HIDE_BELOW

    @cached_property
    def small(self) -> frozenset[Key]:
        """The counts that nobody may learn: of 1 person to `below` − 1."""
        return frozenset(key for key, count in self.counts.items() if 0 < count < self.below)

    @cached_property
    def sums_of(self) -> Mapping[Key, tuple[Sum, ...]]:
        """Each count's sums, as the whole or as a part."""
        found: dict[Key, list[Sum]] = {}
        for one in self.sums:
            for key in (one.whole, *one.parts):
                found.setdefault(key, []).append(one)
        return {key: tuple(sums) for key, sums in found.items()}


class DisclosureError(RuntimeError):
    """Small counts that cannot be protected, for what would give them back is published already."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self.keys = tuple(sorted(keys, key=str))
        super().__init__(f"{len(self.keys)} small counts can be computed from what is published: {self.keys[:3]}")


def hidden(book: Book, fixed: frozenset[Key] = frozenset()) -> frozenset[Key]:
    """What of `book.shown` must not be shown; `fixed` is published already and cannot be taken back.

    Small counts first; then, while a reader could still pin one down, the smallest count beside it. DisclosureError.
    """
    withheld = (book.small & book.shown) - fixed
    known = book.small
    while True:
        seen = replace(book, shown=book.shown - withheld)
        known = pinned(seen, known)  # hiding more never narrows what was wide
        if not known:
            return withheld - _told(seen, withheld - book.small)
        more = _complements(seen, known, fixed)
        if not more:
            raise DisclosureError(known)
        withheld |= more


def pinned(book: Book, of: Iterable[Key]) -> frozenset[Key]:
    """Those counts of `of` that a reader of what is shown knows to within less than three values."""
    asked = frozenset(of)
    system = _system(book, asked - book.shown)
    return (asked & book.shown) | system.pinned(asked)


def _told(book: Book, covers: frozenset[Key]) -> frozenset[Key]:
    """Those of `covers` that a reader works out all the same: they protect nothing, and may as well be shown."""
    return _system(book, covers).pinned(covers, 1)


def _complements(book: Book, known: frozenset[Key], fixed: frozenset[Key]) -> frozenset[Key]:
    """For each count that is known, the cheapest count beside it; one a sum, for one may protect several."""
    chosen: set[Key] = set()
    amended: set[Sum] = set()
    for key in sorted(known, key=str):
        if not amended.isdisjoint(book.sums_of.get(key, ())):
            continue
        found = _cheapest(book, key, fixed)
        if found is not None:
            chosen.add(found)
            amended.update(book.sums_of[found])
    return frozenset(chosen)


def _cheapest(book: Book, key: Key, fixed: frozenset[Key]) -> Key | None:
    """The shown count that costs least to hide for `key`: from the nearest sum that lacks one count alone, else near.

    Of a sum a part goes before the whole, then the smallest.
    """
    near = None
    seen, edge = {key}, [key]
    while edge:
        sums = [one for unknown in edge for one in book.sums_of.get(unknown, ())]
        leaking = [one for one in sums if sum(part not in book.shown for part in (one.whole, *one.parts)) == 1]
        found = _smallest(book, leaking, fixed)
        if found is not None:
            return found
        near = near if near is not None else _smallest(book, sums, fixed)
        around = {part for one in sums for part in (one.whole, *one.parts) if part not in book.shown}
        edge = sorted(around - seen, key=str)
        seen |= around
    return near


def _smallest(book: Book, sums: list[Sum], fixed: frozenset[Key]) -> Key | None:
    choices = [
        (at == 0, book.counts[key], str(key), key)
        for one in sums
        for at, key in enumerate((one.whole, *one.parts))
        if key in book.shown and key not in fixed and book.counts[key] > 0
    ]
    return min(choices)[3] if choices else None


def _system(book: Book, asked: frozenset[Key]) -> System:
    """All that is unknown and bears on what is asked."""
    unknown, sums = _reach(book, asked)
    keys = tuple(sorted(unknown, key=str))
    position = {key: at for at, key in enumerate(keys)}
    entries: list[tuple[int, int, float]] = []
    given = np.zeros(len(sums))
    for row, one in enumerate(sorted(sums, key=str)):
        for key, sign in ((one.whole, 1.0), *((part, -1.0) for part in one.parts)):
            if key in position:
                entries.append((row, position[key], sign))
            else:
                given[row] -= sign * book.counts[key]
    table = np.array(entries, dtype=np.float64).reshape(-1, 3)
    at = (table[:, 0].astype(np.int64), table[:, 1].astype(np.int64))
    matrix = csr_array((table[:, 2], at), shape=(len(sums), len(keys)))
    return System(
        keys,
        matrix,
        given,
        least=np.array([1.0 if key in book.listed else 0.0 for key in keys]),
        true=np.array([float(book.counts[key]) for key in keys]),
        part=connected_components(matrix.T @ matrix)[1] if keys else np.zeros(0, np.int32),
    )


def _reach(book: Book, asked: frozenset[Key]) -> tuple[set[Key], set[Sum]]:
    keys, sums, edge = set(asked), set[Sum](), list(asked)
    while edge:
        for one in book.sums_of.get(edge.pop(), ()):
            if one in sums:
                continue
            sums.add(one)
            fresh = {key for key in (one.whole, *one.parts) if key not in book.shown and key not in keys}
            keys |= fresh
            edge.extend(fresh)
    return keys, sums
