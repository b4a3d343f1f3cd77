"""What a reader can work out of unknown counts from the sums that they must satisfy: the range of each.

The range is exact: the least and the greatest whole number that some solution has. Bounds that follow from one sum
after the other need no solver; solutions near the true one show most others to be wide; the solver is asked the rest.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

Key = Hashable
Floats = NDArray[np.float64]
Places = NDArray[np.int32]
LEAST_WIDTH: Final = 2  # greatest − least value that a reader must be left with: three values at the least
_OFF: Final = 1e-6  # what the solver's doubles may be off
_STROLLS: Final = 12
_FAR: Final = 1_000  # how far above its true value a count that nothing bounds is tried
_ROUNDS: Final = 50


@dataclass(frozen=True)
class System:
    """Unknown counts and the sums that they must satisfy: `matrix` · counts = `given`, counts ≥ `least`.

    `part`: the number of the connected part that each count is in; what is unknown in one bears on no other.
    """

    keys: tuple[Key, ...]
    matrix: csr_array[np.float64, tuple[int, int]]
    given: Floats
    least: Floats
    true: Floats
    part: NDArray[np.int32]

    def pinned(self, asked: frozenset[Key], width: int = LEAST_WIDTH) -> frozenset[Key]:
        """Those of `asked` whose range is narrower than `width`; every solution found widens the ranges of all counts.

        What sums and bounds alone pin down needs no solver, which is asked for the rest.
        """
        least, most = self._bounds()
        of = [at for at, key in enumerate(self.keys) if key in asked]
        found = [at for at in of if most[at] - least[at] < width]
        ranges = Ranges(self.true.copy(), self.true.copy(), sorted(set(of) - set(found)), width - _OFF)
        self._stroll(ranges)
        for sign in (1.0, -1.0):
            tried: set[int] = set()
            while aims := self._aims(at for at in ranges.narrow if at not in tried):
                self._reach_out(ranges, aims, sign)
                tried.update(aims)
        return frozenset(self.keys[at] for at in (*found, *ranges.narrow))

    def _reach_out(self, ranges: "Ranges", aims: list[int], sign: float) -> None:
        """A solution in which each of `aims`, each of another part, is as small (1) or as great (−1) as can be."""
        aim = np.zeros(len(self.keys))
        aim[aims] = sign
        within = np.isin(self.part, self.part[aims])
        ranges.widen(self._solve(aim, np.where(within, self.true + _FAR, self.true), within=within))

    def _stroll(self, ranges: "Ranges") -> None:
        """Solutions near the true one, each count drawn up or down: most ranges are wide after a few of them."""
        for step in range(_STROLLS):
            narrow = ranges.narrow
            if not narrow:
                return
            drawn = np.random.PCG64(step).random_raw(len(self.keys)) % np.uint64(2)
            aim = np.zeros(len(self.keys))
            aim[narrow] = np.where(drawn[narrow] == 0, 1.0, -1.0)
            near = np.maximum(self.least, self.true - LEAST_WIDTH)
            ranges.widen(self._solve(aim, self.true + LEAST_WIDTH, near))

    def _bounds(self) -> tuple[Floats, Floats]:
        """Least and greatest value of every count that follow from one sum after the other."""
        low, high = self.least.copy(), np.full(len(self.keys), np.inf)
        entries = self.matrix.tocoo()
        for _ in range(_ROUNDS):
            before = (low.copy(), high.copy())
            for sign in (1.0, -1.0):  # every sum read as one that its counts must reach, then as one to stay below
                _tighten((entries.row, entries.col, sign * entries.data), sign * self.given, low, high)
            if np.array_equal(before[0], low) and np.array_equal(before[1], high):
                break
        return low, high

    def _aims(self, open_ones: Iterable[int]) -> list[int]:
        """The first of each part: one solution serves all parts."""
        return list({int(self.part[at]): at for at in reversed(list(open_ones))}.values())

    def _solve(
        self, aim: Floats, most: Floats, least: Floats | None = None, within: NDArray[np.bool_] | None = None
    ) -> Floats:
        """The counts that make `aim` · counts least; where `within` (whole parts) is given, the others stay true."""
        of = np.arange(len(self.keys)) if within is None else np.flatnonzero(within)
        matrix = self.matrix[:, of]
        rows = np.flatnonzero(np.diff(matrix.indptr))
        given = self.given[rows]
        result = milp(
            aim[of],
            integrality=np.ones(of.size, dtype=np.int64),
            bounds=Bounds((self.least if least is None else least)[of], most[of]),
            constraints=LinearConstraint(matrix[rows], given, given) if rows.size else None,
        )
        if result.x is None:
            raise ArithmeticError(f"the true counts solve their sums, but the solver says: {result.message}")
        solution = self.true.copy()
        solution[of] = result.x
        return solution


@dataclass
class Ranges:
    """The least and the greatest value found so far of every count; `of`: those asked for, up to which `width`."""

    low: Floats
    high: Floats
    of: list[int]
    width: float

    @property
    def narrow(self) -> list[int]:
        """Those asked for whose range is too narrow still."""
        return [at for at in self.of if self.high[at] - self.low[at] < self.width]

    def widen(self, solution: Floats) -> None:
        """Take in another solution."""
        self.low, self.high = np.minimum(self.low, solution), np.maximum(self.high, solution)


def _tighten(entries: tuple[Places, Places, Floats], given: Floats, low: Floats, high: Floats) -> None:
    """Narrow `low` and `high` by Σ factor · count ≤ given, row by row; `entries`: rows, columns, factors of 1 or −1."""
    row, column, factor = entries
    least = np.where(factor > 0, low[column], -high[column])  # what an entry brings at the least
    endless = np.isneginf(least)
    finite = np.where(endless, 0.0, least)
    total = np.bincount(row, finite, given.size)
    open_ends = np.bincount(row, endless, given.size)
    others = np.where(open_ends[row] - endless > 0, -np.inf, total[row] - finite)
    room = given[row] - others
    up, down = factor > 0, factor < 0
    np.minimum.at(high, column[up], room[up])
    np.maximum.at(low, column[down], -room[down])
