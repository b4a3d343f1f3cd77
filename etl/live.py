"""The rows that count now: `live.<table>`, one view (of regions a table) per source table over `history`.

A row counts if its newest version is not voided and every row that it must refer to counts; an
optional reference to a row that does not count is as if empty. Models read `live` and nothing else.

Loading sees to it that what a row names is there. So what a row names is looked up among the keys that do *not* count,
`live.uncounted_<table>`: they are few, and to join all that count would cost more than to read the rows.
"""

from collections.abc import Collection
from typing import Final

from duckdb import DuckDBPyConnection

from etl.canonical import quoted
from etl.contract import Table
from etl.history import stored_columns
from etl.tables import TABLES

UNCOUNTED: Final = "uncounted_"
# The tables that rows of others name; each after those that it names itself.
NAMED: Final = tuple(
    table
    for table in TABLES
    if any(each.table == table.name for other in TABLES if other != table for each in other.references)
)

NAMES: Final = tuple(table.name for table in NAMED)


def create_live(connection: DuckDBPyConnection) -> None:
    """Create or replace the relations of schema `live`; `history` must exist.

    Regions become a table: they are few, and every other view looks into them, which took half of all planning. Where
    all keys of a table count, who names them is not looked through: the build holds these views for good.
    """
    connection.execute("CREATE SCHEMA IF NOT EXISTS live")
    drop_regions(connection)
    losing = set[str]()
    for table in TABLES:
        kind = "TABLE" if table.name == "regions" else "VIEW"
        connection.execute(f"CREATE OR REPLACE {kind} live.{quoted(table.name)} AS {live_select(table, losing)}")
        if table in NAMED:
            connection.execute(f"CREATE OR REPLACE TABLE {uncounted(table.name)} AS {uncounted_select(table)}")
            if connection.execute(f"SELECT 1 FROM {uncounted(table.name)} LIMIT 1").fetchone() is not None:
                losing.add(table.name)


def drop_regions(connection: DuckDBPyConnection) -> None:
    """Make room for the table in builds of before, where `live.regions` was a view."""
    views = "SELECT 1 FROM duckdb_views() WHERE schema_name = 'live' AND view_name = 'regions' AND NOT internal"
    if connection.execute(views).fetchone() is not None:
        connection.execute("DROP VIEW live.regions")


def uncounted(table: str) -> str:
    """The relation of the keys of `table` that do not count."""
    return f"live.{UNCOUNTED}{table}"


def uncounted_select(table: Table) -> str:
    """The SELECT of the keys of one table's rows that do not count: a column `key`, never null."""
    [key] = table.key
    if table.name == "regions":
        lost = ["h.region_code NOT IN (SELECT region_code FROM live.regions)"]
    else:
        required = [each for each in table.references if each.required]
        lost = [f"h.{quoted(each.column)} IN (SELECT key FROM {uncounted(each.table)})" for each in required]
    tests = " OR ".join(["h.voided", *lost])
    return f"SELECT h.{key} AS key FROM history.{quoted(table.name)} AS h WHERE h.load_until IS NULL AND ({tests})"


def live_select(table: Table, losing: Collection[str] = NAMES) -> str:
    """The SELECT of one table's live rows: its stored columns, `load_from`, `file_id` and `line`.

    `losing`: the tables of which some key may not count.
    """
    if table.name == "regions":
        return _live_regions()
    columns = {name: f"h.{quoted(name)}" for name, _ in stored_columns(table)}
    joins = []
    tests = ["h.load_until IS NULL", "NOT h.voided"]
    for each in table.references:
        name, lost = f"h.{quoted(each.column)}", f"{each.column}_lost"
        is_losing = each.table in losing
        if is_losing and each.required:
            tests.append(f"{name} NOT IN (SELECT key FROM {uncounted(each.table)})")
        elif is_losing and each.table != table.name:
            joins.append(f"LEFT JOIN {uncounted(each.table)} AS {lost} ON {name} = {lost}.key")
            columns[each.column] = f"CASE WHEN {lost}.key IS NULL THEN {name} END"
        if each.column in _needed(table):
            tests.append(f"({_needed(table)[each.column]} OR {columns[each.column]} IS NOT NULL)")
    listed = ", ".join(f"{select} AS {quoted(name)}" for name, select in columns.items())
    return (
        f"SELECT {listed}, h.load_from, h.file_id, h.line FROM history.{quoted(table.name)} AS h {' '.join(joins)}"
        f" WHERE {' AND '.join(tests)}"
    )


def _needed(table: Table) -> dict[str, str]:
    """References that are required of some rows only: column → SQL test of the rows that may do without."""
    if table.name == "subsidies":
        return {"registration_no": "h.kind NOT IN ('post', 'insurance', 'training')"}
    return {}


def _live_regions() -> str:
    # A district without its city counts nowhere, nor do its streets: four levels, so three steps up.
    columns = ", ".join(f'h."{name}"' for name, _ in stored_columns(TABLES[0]) if name != "successor_code")
    present = "SELECT * FROM history.regions WHERE load_until IS NULL AND NOT voided"
    return f"""
        WITH present AS ({present}),
        city AS (SELECT region_code FROM present WHERE level = 'city'),
        district AS (SELECT region_code FROM present WHERE parent_code IN (FROM city)),
        street AS (SELECT region_code FROM present WHERE parent_code IN (FROM district)),
        community AS (SELECT region_code FROM present WHERE parent_code IN (FROM street)),
        counted AS (FROM city UNION FROM district UNION FROM street UNION FROM community)
        SELECT {columns},
               CASE WHEN h.successor_code IN (FROM counted) THEN h.successor_code END AS successor_code,
               h.load_from, h.file_id, h.line
        FROM present AS h WHERE h.region_code IN (FROM counted)
    """
