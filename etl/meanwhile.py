"""Models made anew on a second connection to the build, while others are kept up on the first.

Most of these statements keep one core busy, if that; side by side they take as long as the longer half of them.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from queue import PriorityQueue
from typing import Self

import duckdb
from duckdb import DuckDBPyConnection

from etl.model import Model, ModelError, models

Run = Callable[[DuckDBPyConnection, Model], None]
# Those that others wait for come first, then as they were asked for.
_Place = tuple[bool, int]


@dataclass
class Meanwhile:
    """Makes models one after the other on a connection of its own; nothing of them may be read before `wait_for`.

    A model that fails there, and whatever was to follow it, is made on the first connection by whoever waits: alone it
    has all the memory, and what fails again says why.
    """

    connection: DuckDBPyConnection
    run: Run
    _ends: dict[str, Future[bool]] = field(default_factory=dict)
    _due: PriorityQueue[tuple[_Place, Model]] = field(default_factory=PriorityQueue)
    _left: list[tuple[_Place, Model]] = field(default_factory=list)
    _places: Iterator[int] = field(default_factory=count)

    def __enter__(self) -> Self:
        """Open the second connection."""
        self._second = self.connection.cursor()
        self._pool = ThreadPoolExecutor(1)
        return self

    def __exit__(self, *_: object) -> None:
        """Let what is under way end, and give up what has not begun."""
        self._pool.shutdown(cancel_futures=True)
        self._second.close()

    def make(self, model: Model, *, urgent: bool) -> None:
        """Make it as soon as can be; all that it reads is there or asked for, of what is urgent as urgently."""
        self._ends[model.table] = Future()
        self._due.put(((not urgent, next(self._places)), model))
        self._pool.submit(self._make_next)

    def wait_for(self, names: Iterable[str]) -> None:
        """Return when the tables of these names, and those that views among them read, are there; ModelError."""
        waited = [self._ends[name].result() for name in beneath(frozenset(names)) & self._ends.keys()]
        if not all(waited):
            self.finish()

    def finish(self) -> None:
        """Return when all that was asked for is there; ModelError."""
        for end in self._ends.values():
            end.result()
        for _, model in sorted(self._left, key=lambda each: each[0]):
            self.run(self.connection, model)
        self._left.clear()
        self._ends.clear()

    def _make_next(self) -> None:
        place, model = self._due.get()
        is_made = False
        try:
            if not self._left:
                with suppress(ModelError, duckdb.Error):
                    self.run(self._second, model)
                    is_made = True
        finally:
            if not is_made:
                self._left.append((place, model))
            self._ends[model.table].set_result(is_made)


@cache
def beneath(names: frozenset[str]) -> frozenset[str]:
    """These tables, and all that are read in making them."""
    found, further = frozenset[str](), names
    while further:
        found |= further
        further = frozenset(read for model in models() if model.table in further for read in model.reads) - found
    return found
