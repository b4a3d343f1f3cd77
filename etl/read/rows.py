"""Rows of cells → a relation of raw text: what every reader that is not DuckDB's own goes through."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from etl.read.characters import is_normal
from etl.read.header import Header
from etl.read.landing import InPlace, Landing, Source

Cells = Sequence[str | None]
Row = tuple[int, Cells]
BATCH = 20_000
# What `str.strip` takes away, for SQL; the ideographic space is the last of them.
BLANKS = "".join(chr(code) for code in range(ord("\u3000") + 1) if chr(code).isspace())


@dataclass(frozen=True)
class Landed:
    """How many rows were landed, and whether NFKC and trimming would leave all their text as it is."""

    rows: int
    normal: bool
    trimmed: bool = False


@contextmanager
def given_lines(connection: duckdb.DuckDBPyConnection, lines: npt.NDArray[np.integer[Any]]) -> Iterator[str]:
    """A relation of the line numbers as `_line`, to be put beside rows that have none."""
    connection.register("landing_lines", pa.table({"_line": lines}))
    try:
        yield "landing_lines"
    finally:
        connection.unregister("landing_lines")


def land_rows(connection: duckdb.DuckDBPyConnection, relation: str, header: Header, rows: Iterable[Row]) -> Landed:
    """Land `rows` (line, cells under `header`) as `relation`; rows without any non-blank cell are none."""
    names = tuple(header.positions)
    columns = ", ".join(f"{quoted(name)} VARCHAR" for name in names)
    connection.execute(f"CREATE TABLE {relation}_rows (_line BIGINT, _extra BOOLEAN, {columns})")
    connection.execute(f"CREATE VIEW {relation} AS FROM {relation}_rows")
    count, normal = 0, True
    filled = ((line, cells) for line, cells in rows if not all(map(is_blank, cells)))
    while batch := list(islice(filled, BATCH)):
        texts = [[_cell(cells, at) for _, cells in batch] for at in header.positions.values()]
        normal = normal and all(is_normal("".join(filter(None, column))) for column in texts)
        extra = [not all(map(is_blank, cells[header.named :])) for _, cells in batch]
        arrays = [pa.array([line for line, _ in batch], pa.int64()), pa.array(extra, pa.bool_())]
        arrays += [pa.array(column, pa.string()) for column in texts]
        connection.register("landing_batch", pa.table(arrays, names=["_line", "_extra", *names]))
        connection.execute(f"INSERT INTO {relation}_rows FROM landing_batch")
        connection.unregister("landing_batch")
        count += len(batch)
    return Landed(count, normal)


def landing_of(
    source: Source,
    relation: str,
    header: Header,
    landed: Landed,
    *,
    serials: bool = False,
    in_place: InPlace | None = None,
) -> Landing:
    """What the loader is told of a landed relation."""
    return Landing(
        relation, source.table, source.file, tuple(header.positions), header.factors, header.texts, header.unknown,
        landed.normal, landed.rows, serials, landed.trimmed, in_place,
    )  # fmt: skip


def drop(connection: duckdb.DuckDBPyConnection, relation: str) -> None:
    """Remove a landed relation; nothing happens where there is none."""
    connection.execute(f"DROP VIEW IF EXISTS {relation}")
    connection.execute(f"DROP TABLE IF EXISTS {relation}_rows")


def count_rows(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    """How many rows `relation` has (it may bear a WHERE)."""
    [(count,)] = connection.execute(f"SELECT count(*) FROM {relation}").fetchall()
    return int(count)


def is_blank(cell: str | None) -> bool:
    """Whether a cell holds nothing but blanks."""
    return not cell or cell.isspace()


def blank(names: Iterable[str]) -> str:
    """SQL: whether all the columns hold nothing but blanks."""
    return " AND ".join(map(_blank, names))


def _blank(name: str) -> str:
    cell = f"coalesce({quoted(name)}, '')"
    # The first comparison costs next to nothing and settles nearly all cells: blanks lie outside '!' … '~'.
    return f"CASE WHEN {cell} < '!' OR {cell} > '~' THEN trim({cell}, '{BLANKS}') = '' ELSE FALSE END"


def quoted(name: str) -> str:
    """`name` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _cell(cells: Cells, at: int) -> str | None:
    return (cells[at] or None) if at < len(cells) else None
