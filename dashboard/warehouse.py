"""The read-only engine of the build that CURRENT names, and of earlier loads."""

import copy
import gc
import logging
import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import Any, Final, TypeVar

import duckdb
from sqlalchemy import Select, func, select

from dashboard.remembered import Rows
from dashboard.semantics.regions import Place, Regions
from dashboard.semantics.scope import EVERYTHING, Scope
from dashboard.statements import Bundle, Columns, Compiled, all_columns, all_rows, bundled, compiled
from dashboard.watch.queries import note_query
from etl.marts.months import people_month
from etl.marts.region import build as build_mart
from etl.marts.region import region

THREADS: Final = 2  # of the engine, for each build that is open
T = TypeVar("T")
_RowsByKey = dict[Hashable, Sequence[tuple[Any, ...]]]
_Asked = tuple[Select[*tuple[Any, ...]], Mapping[str, Any]]
_Bound = tuple[Compiled, list[Any]]
log = logging.getLogger(__name__)
KEPT: Final = 4  # builds held open where earlier loads are asked for too; else the one that is served alone
ROWS_KEPT: Final = 200_000  # of answers, for each build that is open: some 50 MB
ROWS_OF_ONE: Final = 5_000
AT_ONCE: Final = 8  # statements that are run as one


class NotLoadedError(LookupError):
    """The home holds no build, or none of the load asked for."""


def _key(known: Compiled, bound: Iterable[Any]) -> Hashable:
    """What rows are kept under."""
    return (known.sql, *(tuple(value) if isinstance(value, list) else value for value in bound))


def _bound(statement: Select[*tuple[Any, ...]], values: Mapping[str, Any]) -> _Bound:
    """A statement with the values of its marks."""
    known = compiled(statement)
    return known, known.bound(values)


def _by_width(asked: Mapping[Hashable, _Bound]) -> Iterator[list[Hashable]]:
    """The keys of statements that are run as one; one alone is left."""
    # Of as many columns: what one of them leaves empty is made into Python all the same.
    keys = sorted(asked, key=lambda key: len(asked[key][0].kinds or ()))
    several = (keys[begin : begin + AT_ONCE] for begin in range(0, len(keys), AT_ONCE))
    return (each for each in several if len(each) > 1)


def _bundle(several: Sequence[_Bound]) -> tuple[Bundle, list[Any]]:
    """Several statements as one, and all their values."""
    return bundled(tuple(known for known, _ in several)), [value for _, bound in several for value in bound]


class Build:
    """One build file, opened read-only; usable by many threads, each with a cursor of its own.

    `scope`: whose figures questions to it may see; `whole`: the same build for what needs all peers.
    """

    scope: Scope = EVERYTHING
    keeps_rows = True

    def __init__(self, path: Path, threads: int = THREADS) -> None:
        self.path = path
        self.name = path.stem
        self._connection = duckdb.connect(str(path), read_only=True, config={"threads": threads})
        self._own = threading.local()  # of each thread: its cursor, the rows that were asked for at once
        self.whole: Build = self
        self._narrowed: dict[Scope, Build] = {}
        self._rows = Rows(ROWS_KEPT, ROWS_OF_ONE)
        self.memory: dict[Callable[..., Any], Callable[..., Any]] = {}  # of `dashboard.remembered`
        [(self.load, self.data_date)] = self.fetch(_STAMP)

    load: int
    data_date: date | None

    def fetch(self, statement: Select[*tuple[Any, ...]], **values: Any) -> list[tuple[Any, ...]]:
        """The rows of a Core expression, its values bound by name."""
        known, bound = _bound(statement, values)
        key = _key(known, bound)
        kept = self._kept(key)
        if kept is not None:
            return list(kept)
        rows = self.run(known, bound, known.learn)
        if self.keeps_rows:
            self._rows.keep(key, rows)
        return rows

    @contextmanager
    def at_once(self, asked: Iterable[_Asked]) -> Iterator[None]:
        """Within it `fetch` has the rows of these statements, asked for as few at a time as can be.

        Of the same thread; in no order. A statement that was never run is left to `fetch`, which learns its types, and
        so is one that gave many rows.
        """
        outer = getattr(self._own, "rows", None) or {}
        self._own.rows = outer | self._together(asked)
        try:
            yield
        finally:
            self._own.rows = outer

    def _together(self, asked: Iterable[_Asked]) -> _RowsByKey:
        by_key = {_key(*each): each for each in (_bound(*each) for each in asked)}
        missing = {key: each for key, each in by_key.items() if each[0].bundles and self._kept(key) is None}
        found: _RowsByKey = {}
        for several in _by_width(missing):
            bundle, values = _bundle([missing[key] for key in several])
            found |= zip(several, bundle.apart(self.run(bundle, values, all_rows)), strict=True)
        for key, rows in found.items():
            missing[key][0].note_number(len(rows))
        if self.keeps_rows:
            for key, rows in found.items():
                self._rows.keep(key, rows)
        return found

    def _kept(self, key: Hashable) -> Sequence[tuple[Any, ...]] | None:
        rows: _RowsByKey | None = getattr(self._own, "rows", None)
        if rows and key in rows:
            return rows[key]
        return self._rows.find(key) if self.keeps_rows else None

    def columns(self, asked: Sequence[_Asked]) -> list[Columns | None]:
        """The rows of several statements column by column, NULL masked: for sums of thousands of regions at once.

        None where a column is of decimals, which an array would round. Nothing is kept.
        """
        bound = [_bound(*each) for each in asked]
        by_key = {_key(*each): each for each in bound}
        ready = {key: each for key, each in by_key.items() if each[0].kinds is not None and not each[0].has_decimals}
        found: dict[Hashable, Columns | None] = {}
        for several in _by_width(ready):
            bundle, values = _bundle([ready[key] for key in several])
            found |= zip(several, bundle.columns_apart(self.run(bundle, values, all_columns)), strict=True)
        for key, (known, values) in by_key.items():
            if key not in found:
                found[key] = None if known.has_decimals else self.run(known, values, known.learn_columns)
        return [found[_key(*each)] for each in bound]

    def run(
        self, statement: Compiled | Bundle, bound: Sequence[Any], take: Callable[[duckdb.DuckDBPyConnection], T]
    ) -> T:
        """Run a statement, and take what it gives; whatever is asked of a build is asked here."""
        began = perf_counter()
        found = take(self._cursor.execute(statement.read, bound))
        note_query(statement.sql, perf_counter() - began)
        return found

    @property
    def _cursor(self) -> duckdb.DuckDBPyConnection:
        """The thread's own."""
        cursor: duckdb.DuckDBPyConnection | None = getattr(self._own, "cursor", None)
        if cursor is None:
            cursor = self._own.cursor = self._connection.cursor()
        return cursor

    @cached_property
    def regions(self) -> Regions:
        """The regions of this build."""
        return Regions(_place(row) for row in self.fetch(_REGIONS))

    @cached_property
    def first_month(self) -> date:
        """The first month of what is summed by month: before it there is none of it. date.max: there is none at all."""
        [(month,)] = self.fetch(_FIRST_MONTH)
        return month or date.max

    def within(self, scope: Scope) -> "Build":
        """The build as a reader of `scope` sees it: the same file, the same object for the same scope."""
        if scope == self.scope:
            return self
        if scope not in self.whole._narrowed:  # noqa: SLF001 - its own kind
            narrowed = copy.copy(self.whole)
            narrowed.scope, narrowed.memory = scope, {}
            self.whole._narrowed[scope] = narrowed  # noqa: SLF001 - the same
        return self.whole._narrowed[scope]  # noqa: SLF001 - the same

    def sees(self, code: str) -> bool:
        """Whether the region of that code is one of the reader's own, or below one."""
        own = self.scope.regions
        return own is None or self.regions.find(code).lies_in([self.regions.find(each) for each in own])

    def close(self) -> None:
        """Let go of the file; cursors of other threads let go of it when they end."""
        cursor: duckdb.DuckDBPyConnection | None = self._own.__dict__.pop("cursor", None)
        if cursor is not None:
            cursor.close()
        self._connection.close()


_STAMP: Final = select(build_mart.c.load, build_mart.c.data_date)
_FIRST_MONTH: Final = select(func.min(people_month.c.month))
_of = region.c
_REGIONS: Final = select(
    *(_of.region_id, _of.region_code, _of.region_name, _of.level, _of.credited_id),
    *(_of.city_id, _of.district_id, _of.street_id, _of.community_id, _of.valid_from, _of.valid_to),
).order_by(_of.region_id)


def _place(row: tuple[Any, ...]) -> Place:
    region_id, code, name, level, credited_id = row[:5]
    return Place(region_id, code, name, level, credited_id, row[5:9], (row[9], row[10]))


def retained(home: Path, load: int) -> Path:
    """The build file of an earlier load, if it is still kept; NotLoadedError."""
    path = home / "builds" / f"{load:06d}.duckdb"
    if not path.is_file():
        raise NotLoadedError(f"the build of load {load} is kept no longer")
    return path


class Warehouse:
    """The builds of a home. `known_at`, if given, makes the file of an earlier load (`etl.build.known_at`)."""

    def __init__(self, home: Path, known_at: Callable[[Path, int], Path] | None = None, threads: int = THREADS) -> None:
        self.home = home
        self._known_at = known_at
        self._threads = threads
        self._lock = threading.Lock()
        self._opened: dict[Path, Build] = {}

    def build(self) -> Build:
        """The build that CURRENT names now; NotLoadedError where there is none."""
        try:
            name = (self.home / "CURRENT").read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            raise NotLoadedError(f"{self.home} holds no build yet: load a delivery first") from None
        path = self.home / "builds" / name
        if not name or not path.is_file():
            raise NotLoadedError(f"CURRENT names {name!r}, which is not there: restore the build or correct CURRENT")
        try:
            return self._open(path)
        except duckdb.Error:
            log.exception("the build %s cannot be opened", name)
            with self._lock:
                if self._opened:  # what was served so far is whole
                    return next(reversed(self._opened.values()))
            raise NotLoadedError(f"the build {name} cannot be opened: restore it from a backup") from None

    def known_at(self, load: int) -> Build:
        """The figures as known at an earlier load; NotLoadedError where it is not known."""
        current = self.build()
        if load == current.load:
            return current
        if self._known_at is None or not 1 <= load < current.load:
            raise NotLoadedError(f"there is no load {load}: loads are 1 to {current.load}")
        return self._open(self._known_at(self.home, load))

    def close(self) -> None:
        """Let go of all files that are open."""
        with self._lock:
            for build in self._opened.values():
                build.close()
            self._opened.clear()

    def _open(self, path: Path) -> Build:
        with self._lock:
            build = self._opened.pop(path, None) or Build(path, self._threads)
            self._opened[path] = build  # the last one used stands last
            if len(self._opened) > (1 if self._known_at is None else KEPT):
                # Only forgotten, not closed: a request may still read it; its file is let go with the last of them.
                del self._opened[next(iter(self._opened))]
                gc.collect()  # a build and what it remembers point at each other
            return build
