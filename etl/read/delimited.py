"""CSV and TSV: DuckDB reads what is plainly written, `written.py` what is not; lines are physical ones."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import duckdb

from etl.read.characters import is_normal_file
from etl.read.encoding import as_utf8
from etl.read.in_place import state_of, view_in_place
from etl.read.landing import InPlace, Landing, Refused, Source
from etl.read.rows import Landed, blank, count_rows, drop, given_lines, land_rows, landing_of, quoted
from etl.read.scan import Lines, scan
from etl.read.written import Layout, find_layout, written_rows

# Bytes of a buffer, and with it the longest line: what a thread takes at a time is then more than a row group holds.
# By the engine's own 2 MB a line, a load of ten million rows takes an eighth more before its models.
_BUFFER: Final = 16_000_000


def land_delimited(
    connection: duckdb.DuckDBPyConnection, source: Source, relation: str, *, in_place: bool = False
) -> list[Landing]:
    """Land one delimited file; its first line is 1. Raises Refused where it cannot be read or lacks a column.

    `in_place`: where each line is a row, and NFKC and trimming would change none, the file may be left where it is.
    """
    state = state_of(source.path)
    if state[0] == 0:
        raise Refused(source.file, source.table, "unreadable", ("文件为空（0 字节）", "The file is empty (0 bytes)."))
    with ExitStack() as leaving:
        folder = TemporaryDirectory(prefix="reemploy-")
        leaving.callback(folder.cleanup)
        path = as_utf8(source, source.path, Path(folder.name) / "utf8.csv")
        layout = find_layout(source, path)
        # Two passes side by side: numpy lets go of the interpreter while it looks at bytes.
        with ThreadPoolExecutor(1) as beside:
            judged = beside.submit(is_normal_file, path)
            found = scan(path, layout.delimiter)
            normal = judged.result()
        starts = found.starts[found.starts > layout.skipped]
        if in_place and found.plain and found.regular and normal:
            copied = path != source.path
            select = partial(_select, layout)
            place = InPlace(
                f"{relation}_rows", layout.skipped + 1, select, path, state_of(path) if copied else state,
                folder if copied else None,
            )  # fmt: skip
            view_in_place(connection, relation, place)
            if copied:
                leaving.pop_all()  # the copy goes with the landing
            landed = Landed(len(starts), normal, found.trimmed)
            return [landing_of(source, relation, layout.header, landed, in_place=place)]
        count = None
        if found.plain:
            count = _land_plain(connection, path, relation, layout, starts, regular=found.regular)
        landed = Landed(count or 0, normal, trimmed=normal and found.trimmed)
        if count is None:
            rows = land_rows(connection, relation, layout.header, written_rows(source, path, layout)).rows
            landed = Landed(rows, normal)
        return [landing_of(source, relation, layout.header, landed)]


def _select(layout: Layout, path: Path, skipped: int) -> str:
    """SELECT the cells of a file of lines that are rows, below `skipped` lines."""
    return f"SELECT {_cells(layout)} FROM {_reader(path, replace(layout, skipped=skipped), parallel=True)}"


def _land_plain(
    connection: duckdb.DuckDBPyConnection, path: Path, relation: str, layout: Layout, starts: Lines, *, regular: bool
) -> int | None:
    """Rows landed by DuckDB; None where it does not see exactly the rows that the scan saw, which `starts` lists."""
    reader = _reader(path, layout, parallel=regular)
    try:
        if regular:
            _create_by_row_id(connection, reader, relation, layout)
            seen = count_rows(connection, f"{relation}_rows")
            if seen == len(starts) and not _has_blank_rows(connection, relation, layout):
                return seen
            drop(connection, relation)
        if count_rows(connection, reader) != len(starts):
            return None
        _create_by_lines(connection, reader, relation, layout, starts)
        return count_rows(connection, relation)
    except duckdb.InvalidInputException:
        drop(connection, relation)
        return None


def _has_blank_rows(connection: duckdb.DuckDBPyConnection, relation: str, layout: Layout) -> bool:
    return count_rows(connection, f"{relation} WHERE {blank(layout.header.positions)}") > 0


def _create_by_row_id(connection: duckdb.DuckDBPyConnection, reader: str, relation: str, layout: Layout) -> None:
    # Row ids follow the file's order, also when several threads read it, so that no line number needs to be kept.
    connection.execute(f"CREATE TABLE {relation}_rows AS SELECT {_cells(layout)} FROM {reader}")
    connection.execute(
        f"CREATE VIEW {relation} AS SELECT (rowid + {layout.skipped + 1})::BIGINT AS _line, * FROM {relation}_rows"
    )


def _create_by_lines(
    connection: duckdb.DuckDBPyConnection, reader: str, relation: str, layout: Layout, starts: Lines
) -> None:
    every = [f"c{at}" for at in range(layout.header.width)]
    with given_lines(connection, starts) as given:
        connection.execute(
            f"CREATE TABLE {relation}_rows AS SELECT _line::BIGINT AS _line, {_cells(layout)}"
            f" FROM {reader} POSITIONAL JOIN {given} WHERE NOT ({blank(every)})"
        )
    connection.execute(f"CREATE VIEW {relation} AS FROM {relation}_rows")


def _cells(layout: Layout) -> str:
    beyond = blank(f"c{at}" for at in range(layout.header.named, layout.header.width))
    named = [f"c{at} AS {quoted(name)}" for name, at in layout.header.positions.items()]
    return ", ".join([f"NOT ({beyond or True}) AS _extra", *named])


def _reader(path: Path, layout: Layout, *, parallel: bool) -> str:
    columns = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(layout.header.width))
    place = str(path).replace("'", "''")
    # Line feeds inside cells and padding of short rows do not go together with parallel reading.
    return (
        f"read_csv('{place}', auto_detect = false, header = false, skip = {layout.skipped}, columns = {{{columns}}},"
        f" delim = '{layout.delimiter}', quote = '\"', escape = '\"', null_padding = true, parallel = {parallel},"
        f" buffer_size = {_BUFFER})"
    )
