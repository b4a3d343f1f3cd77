"""Which counts stay hidden: those of 1–4 persons, and whatever would give one of them back by subtraction.

A reader is taken to know every published count of every edition, every sum that holds between them, that a hidden
count is at least 1 (a nought is shown), and which counts a correction left as they were. What such a reader can still
say of a count is its range: least and greatest value by linear programming. A small count is safe while its range
holds at least three values.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

Key = Hashable
HIDE_BELOW: Final = 5
LEAST_WIDTH: Final = 2  # greatest − least value that a reader must be left with: three values at the least
_NEARLY: Final = 1e-6  # what the solver's doubles may be off
_FAR: Final = 1_000  # how far above its true value a count that nothing bounds is tried


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
    while True:
        seen = replace(book, shown=book.shown - withheld)
        known = pinned(seen, book.small)
        if not known:
            return withheld
        more = _complements(seen, known, fixed)
        if not more:
            raise DisclosureError(known)
        withheld |= more


def pinned(book: Book, of: Iterable[Key]) -> frozenset[Key]:
    """Those counts of `of` that a reader of what is shown knows to within less than three values."""
    asked = set(of)
    open_keys = asked - book.shown
    found = set(asked & book.shown)
    for part in _parts(book, open_keys):
        found |= part.pinned(open_keys & set(part.keys))
    return frozenset(found)


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


@dataclass(frozen=True)
class _Part:
    """Unknown counts that hang together, and the sums that they must satisfy: `matrix` · counts = `given`."""

    keys: tuple[Key, ...]
    matrix: csr_array
    given: np.ndarray
    least: np.ndarray
    true: np.ndarray

    def pinned(self, asked: set[Key]) -> set[Key]:
        """Those of `asked` whose range is too narrow. Every solution found widens the ranges of all."""
        low, high = self.true.copy(), self.true.copy()
        found = set()
        for at, key in enumerate(self.keys):
            if key not in asked:
                continue
            for sign in (-1.0, 1.0):
                if high[at] - low[at] < LEAST_WIDTH - _NEARLY:
                    solution = self._solve(at, sign)
                    low, high = np.minimum(low, solution), np.maximum(high, solution)
            if high[at] - low[at] < LEAST_WIDTH - _NEARLY:
                found.add(key)
        return found

    def _solve(self, at: int, sign: float) -> np.ndarray:
        aim = np.zeros(len(self.keys))
        aim[at] = sign
        bounds = np.column_stack([self.least, self.true + _FAR])
        # scipy's stubs know no sparse matrix here, its documentation does.
        result = linprog(aim, A_eq=self.matrix, b_eq=self.given, bounds=bounds, method="highs")
        return np.asarray(result.x if result.x is not None else self.true, dtype=float)


def _parts(book: Book, asked: set[Key]) -> Iterable[_Part]:
    """The connected parts of what is unknown, of those that hold something asked for."""
    left = set(asked)
    while left:
        keys, sums = _reach(book, min(left, key=str))
        left -= keys
        yield _part(book, tuple(sorted(keys, key=str)), sorted(sums, key=lambda one: str(one.whole)))


def _reach(book: Book, start: Key) -> tuple[set[Key], set[Sum]]:
    keys, sums, edge = {start}, set[Sum](), [start]
    while edge:
        for one in book.sums_of.get(edge.pop(), ()):
            if one in sums:
                continue
            sums.add(one)
            fresh = {key for key in (one.whole, *one.parts) if key not in book.shown and key not in keys}
            keys |= fresh
            edge.extend(fresh)
    return keys, sums


def _part(book: Book, keys: tuple[Key, ...], sums: list[Sum]) -> _Part:
    position = {key: at for at, key in enumerate(keys)}
    rows: list[int] = []
    columns: list[int] = []
    signs: list[float] = []
    given = np.zeros(len(sums))
    for row, one in enumerate(sums):
        for key, sign in ((one.whole, 1.0), *((part, -1.0) for part in one.parts)):
            if key in position:
                rows.append(row)
                columns.append(position[key])
                signs.append(sign)
            else:
                given[row] -= sign * book.counts[key]
    matrix = csr_array((signs, (rows, columns)), shape=(len(sums), len(keys)))
    least = np.array([1.0 if key in book.listed else 0.0 for key in keys])
    true = np.array([float(book.counts[key]) for key in keys])
    return _Part(keys, matrix, given, least, true)
