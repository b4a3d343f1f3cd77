"""Rows checked straight from a file: whether they are those that the scan of its bytes saw, and on which lines.

Nothing is believed of such a file before: where this fails, its candidates are taken back and its text is landed.
"""

from duckdb import DuckDBPyConnection

from etl.canonical import quoted
from etl.check import Landed
from etl.contract import Table
from etl.read.in_place import is_unchanged, recall
from etl.read.rows import blank, count_rows


def prove(connection: DuckDBPyConnection, table: Table, landed: Landed) -> bool:
    """Whether the candidates of a file in place are its rows, none more and none less; they bear their lines then."""
    place = landed.landing.in_place
    if place is None:
        return True
    if not is_unchanged(place):  # it may have as many rows as before, and others
        return False
    [(first, last, seen, without)] = connection.execute(
        "SELECT min(rowid), max(rowid), count(*), count(*) FILTER (_line IS NULL) FROM candidate WHERE _landing = ?",
        [landed.number],
    ).fetchall()
    if seen != landed.landing.rows or (seen and last - first + 1 != seen):
        return False
    if without:
        # Row ids follow the file's order, also when several threads read it.
        connection.execute(
            f"UPDATE candidate SET _line = rowid + {place.first - first} WHERE _landing = {landed.number}"
        )
    return not _has_blank_rows(connection, table, landed)


def _has_blank_rows(connection: DuckDBPyConnection, table: Table, landed: Landed) -> bool:
    """Whether any row has no cell that is not blank: it would have no key."""
    key = next(column.name for column in table.columns if column.key and column.required)
    lines = connection.execute(
        f"SELECT _line FROM candidate WHERE _landing = ? AND {quoted(key)} IS NULL ORDER BY _line", [landed.number]
    ).fetchnumpy()["_line"]
    if not len(lines):
        return False
    recalled = recall(connection, landed.landing, lines)
    return count_rows(connection, f"{recalled} WHERE {blank(landed.landing.columns)}") > 0
