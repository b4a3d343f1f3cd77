"""A city of many times as many people: its history with every number (of persons, placements, loans …) N times over.

What a city has one of per region and period (reports, surveys, offices, targets) does not grow with its people.
"""

import duckdb

from etl.contract import Kind, Table
from etl.history import VERSION_COLUMNS, stored_columns
from etl.home import Home
from etl.tables import TABLES


def multiply(home: Home, target: Home, times: int) -> None:
    """Make `target` a home whose newest build holds the history of `home`, multiplied, and its log; no marts."""
    build = home.current()
    assert build is not None
    target.builds.mkdir(parents=True)
    with duckdb.connect(str(target.builds / build.name)) as connection:
        connection.execute(f"ATTACH '{build}' AS one (READ_ONLY)")
        connection.execute("CREATE SCHEMA history; CREATE SCHEMA core; CREATE SCHEMA log")
        connection.execute("CREATE TABLE core.stamp AS FROM one.core.stamp")
        logs = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'one' AND schema_name = 'log'"
        ).fetchall()
        for (name,) in logs:
            connection.execute(f'CREATE TABLE log."{name}" AS FROM one.log."{name}"')
        for table in TABLES:
            copies = times if numbered(table) else 1
            cells = ", ".join(_cells(table))
            connection.execute(
                f"CREATE TABLE history.{table.name} AS SELECT {cells}"
                f" FROM one.history.{table.name}, range({copies}) AS copy (number)"
            )
    target.pointer.write_text(build.name + "\n", encoding="utf-8")


def numbered(table: Table) -> bool:
    """Whether the table's rows are people's, by a number of their own."""
    return any(column.key and column.kind is Kind.CODE for column in table.columns)


def _cells(table: Table) -> list[str]:
    codes = {column.name for column in table.columns if column.kind is Kind.CODE} | {"person_key"}
    names = [name for name, _ in stored_columns(table) + VERSION_COLUMNS]
    suffix = "CASE WHEN number > 0 THEN '~' || number ELSE '' END"
    return [f'"{name}" || {suffix} AS "{name}"' if name in codes else f'"{name}"' for name in names]
