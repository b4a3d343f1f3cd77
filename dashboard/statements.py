"""Statements as the engine takes them: compiled and read once a process, and several of them as one.

A statement costs one or two milliseconds before it has read a row. As branches of one UNION ALL each costs half of
that, and the engine works on two at a time. Its columns stand in slots of their own type, so that no value is cast.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import duckdb
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select
from sqlalchemy.engine.default import DefaultDialect

_DIALECT: Final = DefaultDialect(paramstyle="qmark")
MANY: Final = 500  # rows: what a bundle leaves empty in each would cost more than a statement
Columns = list[NDArray[Any]]


@dataclass(eq=False)
class Compiled:
    """A statement's SQL, the names of its values in order, the values that it brings, and what the engine read.

    `kinds`: the types of its columns, known once it has been run; `gives_many`: whether it last gave many rows.
    """

    sql: str
    names: tuple[str, ...]
    own: Mapping[str, Any]
    read: duckdb.Statement
    kinds: tuple[str, ...] | None = None
    gives_many: bool = False

    def bound(self, values: Mapping[str, Any]) -> list[Any]:
        """The values of its marks, in their order."""
        own = self.own
        return [values[name] if name in values else own[name] for name in self.names]

    def learn(self, cursor: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
        """All rows that it gave, and what types its columns are of."""
        self._note_kinds(cursor)
        rows = all_rows(cursor)
        self.note_number(len(rows))
        return rows

    def note_number(self, rows: int) -> None:
        """How many rows it gave."""
        self.gives_many = rows > MANY

    @property
    def bundles(self) -> bool:
        """Whether it may be run with others as one."""
        return self.kinds is not None and not self.gives_many

    def learn_columns(self, cursor: duckdb.DuckDBPyConnection) -> Columns | None:
        """The same as columns; None where one is of decimals, which an array would round."""
        self._note_kinds(cursor)
        return None if self.has_decimals else all_columns(cursor)

    @property
    def has_decimals(self) -> bool:
        """Whether a column is of decimals, as far as its types are known."""
        return any(kind.startswith("DECIMAL") for kind in self.kinds or ())

    def _note_kinds(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self.kinds = self.kinds or tuple(str(kind) for _, kind, *_ in cursor.description or ())


def all_rows(cursor: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    """All rows that a statement gave."""
    return cursor.fetchall()


def all_columns(cursor: duckdb.DuckDBPyConnection) -> Columns:
    """All rows that a statement gave as columns, NULL masked."""
    return list(cursor.fetchnumpy().values())


@lru_cache(maxsize=4096)
def compiled(statement: Select[*tuple[Any, ...]]) -> Compiled:
    """The statement as the engine takes it; compiled and read once."""
    made = statement.compile(dialect=_DIALECT)
    sql = str(made)
    return Compiled(sql, tuple(made.positiontup or ()), made.params, _read(sql))


def _read(sql: str) -> duckdb.Statement:
    """Its text read once: a sixth of what a short one costs."""
    [statement] = duckdb.extract_statements(sql)
    return statement


@dataclass(frozen=True)
class Bundle:
    """Several statements as one; its rows begin with the number of the statement that they are of."""

    sql: str
    read: duckdb.Statement = field(repr=False)
    slots: Sequence[Sequence[int]]

    def apart(self, rows: Sequence[tuple[Any, ...]]) -> list[list[tuple[Any, ...]]]:
        """The rows of each statement."""
        found: list[list[tuple[Any, ...]]] = [[] for _ in self.slots]
        for number, several in groupby(rows, itemgetter(0)):
            found[number] += map(_cells(self.slots[number]), several)
        return found

    def columns_apart(self, columns: Columns) -> list[Columns]:
        """The columns of each statement."""
        of = np.asarray(columns[0])
        return [[_unmasked(columns[slot][of == number]) for slot in slots] for number, slots in enumerate(self.slots)]


def _cells(slots: Sequence[int]) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    """What takes these cells of a row."""
    if len(slots) == 1:  # of which `itemgetter` would make no row
        return itemgetter(slice(slots[0], slots[0] + 1))
    return itemgetter(*slots)


def _unmasked(column: NDArray[Any]) -> NDArray[Any]:
    """Without a mask where nothing is masked, as the engine gives it."""
    return column.data if isinstance(column, np.ma.MaskedArray) and not np.ma.is_masked(column) else column


@lru_cache(maxsize=256)
def bundled(statements: tuple[Compiled, ...]) -> Bundle:
    """Statements whose `kinds` are known, as one."""
    most: Counter[str] = Counter()
    for each in statements:
        most |= Counter(each.kinds)
    kinds = sorted(most)
    begins = {kind: 1 + sum(most[before] for before in kinds[:place]) for place, kind in enumerate(kinds)}
    width = 1 + most.total()
    slots, texts = [], []
    for number, each in enumerate(statements):
        own = _slots(each.kinds or (), begins)
        cells = [str(number), *("NULL" for _ in range(width - 1))]
        for column, slot in enumerate(own):
            cells[slot] = f"c{column}"
        names = ", ".join(f"c{column}" for column in range(len(own)))
        texts.append(f"SELECT {', '.join(cells)} FROM ({each.sql}) AS of_{number}({names})")
        slots.append(own)
    sql = "\nUNION ALL ".join(texts)
    return Bundle(sql, _read(sql), slots)


def _slots(kinds: Sequence[str], begins: Mapping[str, int]) -> list[int]:
    """Where each column stands: the first of a type in the type's first slot, and so on."""
    seen: Counter[str] = Counter()
    found = []
    for kind in kinds:
        found.append(begins[kind] + seen[kind])
        seen[kind] += 1
    return found
