"""Unicode's compatibility forms (NFKC): full-width digits and letters are folded where a landing has any.

DuckDB cannot do it, Python can: each distinct cell that would change is folded once and joined back.
"""

import unicodedata
from collections.abc import Iterator

import pyarrow as pa
from duckdb import DuckDBPyConnection

from etl.canonical import quoted
from etl.contract import Kind, Table
from etl.faults import columns_of
from etl.read import Landing

_BATCH = 50_000


def fold(connection: DuckDBPyConnection, table: Table, landing: Landing, number: int) -> str:
    """The relation of `landing` with normalised text: itself where nothing changes, else a temporary view over it."""
    if landing.normal:
        return landing.relation
    delivered = set(landing.columns)
    folded = [
        column.name
        for column in columns_of(table)
        if column.name in delivered
        and column.kind is not Kind.IDENTIFIER
        and _fold_column(connection, landing, column.name, _map_name(number, column.name))
    ]
    if not folded:
        return landing.relation
    cells = ", ".join(
        f"coalesce({quoted(f'to {name}')}.text, l.{quoted(name)}) AS {quoted(name)}"
        if name in folded
        else f"l.{quoted(name)}"
        for name in landing.columns
    )
    joins = " ".join(
        f"LEFT JOIN {_map_name(number, name)} AS {quoted(f'to {name}')}"
        f" ON {quoted(f'to {name}')}.cell = l.{quoted(name)}"
        for name in folded
    )
    view = f"folded_{number}"
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {view} AS SELECT l._line, l._extra, {cells} FROM {landing.relation} AS l {joins}"
    )
    return view


def unfold(connection: DuckDBPyConnection, table: Table, number: int) -> None:
    """Remove what `fold` made."""
    connection.execute(f"DROP VIEW IF EXISTS folded_{number}")
    for column in columns_of(table):
        connection.execute(f"DROP TABLE IF EXISTS temp.{_map_name(number, column.name)}")


def _map_name(number: int, column: str) -> str:
    return f"fold_{number}_{column}"


def _fold_column(connection: DuckDBPyConnection, landing: Landing, column: str, name: str) -> bool:
    """Make the table cell → folded text of one column; False where no cell changes."""
    changed = list(_changed(connection, landing.relation, column))
    if not changed:
        return False
    pairs = pa.table({"cell": [cell for cell, _ in changed], "text": [text for _, text in changed]})
    connection.register("folded_cells", pairs)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM folded_cells")
    connection.unregister("folded_cells")
    return True


def _changed(connection: DuckDBPyConnection, relation: str, column: str) -> Iterator[tuple[str, str]]:
    name = quoted(column)
    cursor = connection.cursor()
    try:
        cursor.execute(f"SELECT DISTINCT {name} FROM {relation} WHERE strlen({name}) > length({name})")
        while batch := cursor.fetchmany(_BATCH):
            for (cell,) in batch:
                text = unicodedata.normalize("NFKC", cell)
                if text != cell:
                    yield cell, text
    finally:
        cursor.close()
