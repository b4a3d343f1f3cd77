"""Rows of one delivery with the same key: exact duplicates are counted once, conflicting ones are all rejected."""

from duckdb import DuckDBPyConnection

from etl.canonical import quoted
from etl.contract import Table
from etl.faults import DUPLICATE, code
from etl.judging import Make
from etl.merge import Shape, merged_columns, merged_select


def mark_duplicates(connection: DuckDBPyConnection, table: Table, shape: Shape, make: Make) -> None:
    """Mark the valid delivered candidates whose key occurs more than once, by what each of them would store."""
    keys = ", ".join(quoted(name) for name in table.key)
    # Hashes of keys need a fraction of the memory of keys; what they cannot tell apart is compared in full below.
    # Sorted beside each other, for to group as many as there are rows takes twice the time and memory.
    make(
        "repeated",
        f"""
        WITH hashed AS (SELECT hash({keys}) AS key_hash FROM candidate WHERE _fault IS NULL AND _entry IS NULL),
        numbered AS (SELECT key_hash, row_number() OVER (PARTITION BY key_hash ORDER BY key_hash) AS place FROM hashed)
        SELECT key_hash FROM numbered WHERE place = 2
        """,
    )
    if connection.execute("SELECT 1 FROM repeated LIMIT 1").fetchone() is not None:
        _compare(connection, table, shape, make)
    connection.execute("DROP TABLE repeated")


def _compare(connection: DuckDBPyConnection, table: Table, shape: Shape, make: Make) -> None:
    of_candidate = ", ".join(f"c.{quoted(name)}" for name in table.key)
    where = f"c._fault IS NULL AND c._entry IS NULL AND hash({of_candidate}) IN (FROM repeated)"
    rivals = merged_select(
        table, shape, beside=["c.rowid AS place", "row(c._landing, c._line) AS position"], where=where
    )
    keys = ", ".join(quoted(name) for name in table.key)
    content = ", ".join(quoted(name) for name, _ in merged_columns(table, shape))
    conflict = code(table, "conflicting_duplicate", table.key[0])
    make(
        "verdict",
        f"""
        WITH rivals AS ({rivals}),
        groups AS (
            SELECT {keys}, count(DISTINCT row({content})) AS contents, min(position) AS first_position
            FROM rivals GROUP BY {keys}
        )
        SELECT place, CASE WHEN contents > 1 THEN {conflict} ELSE {DUPLICATE} END AS fault
        FROM rivals JOIN groups USING ({keys}) WHERE contents > 1 OR position <> first_position
        """,
    )
    connection.execute("UPDATE candidate SET _fault = verdict.fault FROM verdict WHERE candidate.rowid = verdict.place")
    connection.execute("DROP TABLE verdict")
