"""The read-only engine of the build that CURRENT names, and of earlier loads."""

import copy
import gc
import logging
import threading
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import duckdb
from numpy.typing import NDArray
from sqlalchemy import Select, func, select
from sqlalchemy.engine.default import DefaultDialect

from dashboard.remembered import Rows
from dashboard.semantics.regions import Place, Regions
from dashboard.semantics.scope import EVERYTHING, Scope
from dashboard.watch.queries import note_query
from etl.marts.months import people_month
from etl.marts.region import build as build_mart
from etl.marts.region import region

THREADS: Final = 2  # of the engine, for each build that is open
log = logging.getLogger(__name__)
KEPT: Final = 4  # builds held open where earlier loads are asked for too; else the one that is served alone
ROWS_KEPT: Final = 200_000  # of answers, for each build that is open: some 50 MB
ROWS_OF_ONE: Final = 5_000
_DIALECT: Final = DefaultDialect(paramstyle="qmark")


class NotLoadedError(LookupError):
    """The home holds no build, or none of the load asked for."""


@lru_cache(maxsize=4096)
def compiled(statement: Select[*tuple[Any, ...]]) -> tuple[str, tuple[str, ...], Mapping[str, Any]]:
    """The SQL of a statement, the names of its values in order, and the values that it brings; compiled once."""
    made = statement.compile(dialect=_DIALECT)
    return str(made), tuple(made.positiontup or ()), made.params


@lru_cache(maxsize=4096)
def _parsed(sql: str) -> duckdb.Statement:
    """A statement read once: a sixth of what a short one costs is reading its text."""
    [statement] = duckdb.extract_statements(sql)
    return statement


def _bound(statement: Select[*tuple[Any, ...]], values: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """The SQL of a statement, and its values in their order."""
    sql, names, own = compiled(statement)
    return sql, [values[name] if name in values else own[name] for name in names]


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
        self._cursors = threading.local()
        self.whole: Build = self
        self._narrowed: dict[Scope, Build] = {}
        self._rows = Rows(ROWS_KEPT, ROWS_OF_ONE)
        self.memory: dict[Callable[..., Any], Callable[..., Any]] = {}  # of `dashboard.remembered`
        [(self.load, self.data_date)] = self.fetch(_STAMP)

    load: int
    data_date: date | None

    def fetch(self, statement: Select[*tuple[Any, ...]], **values: Any) -> list[tuple[Any, ...]]:
        """The rows of a Core expression, its values bound by name."""
        sql, bound = _bound(statement, values)
        key = (sql, *(tuple(value) if isinstance(value, list) else value for value in bound))
        kept = self._rows.find(key) if self.keeps_rows else None
        if kept is not None:
            return list(kept)
        began = perf_counter()
        rows: list[tuple[Any, ...]] = self._cursor.execute(_parsed(sql), bound).fetchall()
        note_query(sql, perf_counter() - began)
        if self.keeps_rows:
            self._rows.keep(key, rows)
        return rows

    def columns(self, statement: Select[*tuple[Any, ...]], **values: Any) -> list[NDArray[Any]] | None:
        """The same rows column by column, NULL masked: for sums of thousands of regions at once. Nothing is kept.

        None where a column is of decimals, which an array would round.
        """
        sql, bound = _bound(statement, values)
        began = perf_counter()
        cursor = self._cursor.execute(_parsed(sql), bound)
        if any(str(kind).startswith("DECIMAL") for _, kind, *_ in cursor.description or ()):
            return None
        found: list[NDArray[Any]] = list(cursor.fetchnumpy().values())
        note_query(sql, perf_counter() - began)
        return found

    @property
    def _cursor(self) -> duckdb.DuckDBPyConnection:
        """The thread's own."""
        cursor: duckdb.DuckDBPyConnection | None = getattr(self._cursors, "cursor", None)
        if cursor is None:
            cursor = self._cursors.cursor = self._connection.cursor()
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
        """Let go of the file."""
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

    def _open(self, path: Path) -> Build:
        with self._lock:
            build = self._opened.pop(path, None) or Build(path, self._threads)
            self._opened[path] = build  # the last one used stands last
            if len(self._opened) > (1 if self._known_at is None else KEPT):
                # Only forgotten, not closed: a request may still read it; its file is let go with the last of them.
                del self._opened[next(iter(self._opened))]
                gc.collect()  # a build and what it remembers point at each other
            return build
