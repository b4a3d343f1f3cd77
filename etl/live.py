"""The rows that count now: `live.<table>`, one view per source table over `history`.

A row counts if its newest version is not voided and every row that it must refer to counts; an
optional reference to a row that does not count is as if empty. Models read `live` and nothing else.
"""

from duckdb import DuckDBPyConnection

from etl.contract import Table
from etl.history import stored_columns
from etl.tables import TABLES


def create_live(connection: DuckDBPyConnection) -> None:
    """Create or replace the relations of schema `live`; `history` must exist.

    Regions become a table: they are few, and every other view looks into them, which took half of all planning.
    """
    connection.execute("CREATE SCHEMA IF NOT EXISTS live")
    drop_regions(connection)
    for table in TABLES:
        kind = "TABLE" if table.name == "regions" else "VIEW"
        connection.execute(f'CREATE OR REPLACE {kind} live."{table.name}" AS {live_select(table)}')


def drop_regions(connection: DuckDBPyConnection) -> None:
    """Make room for the table in builds of before, where `live.regions` was a view."""
    views = "SELECT 1 FROM duckdb_views() WHERE schema_name = 'live' AND view_name = 'regions' AND NOT internal"
    if connection.execute(views).fetchone() is not None:
        connection.execute("DROP VIEW live.regions")


def live_select(table: Table) -> str:
    """The SELECT of one table's live rows: its stored columns, `load_from`, `file_id` and `line`."""
    if table.name == "regions":
        return _live_regions()
    optional = {r.column: r for r in table.references if not r.required}
    required = [r for r in table.references if r.required]
    required += [r for r in table.references if not r.required and r.column in _needed(table)]
    columns = []
    joins = []
    for name, _ in stored_columns(table):
        reference = optional.get(name)
        if reference is None or reference.table == table.name:
            columns.append(f'h."{name}"')
        else:
            columns.append(f'{name}_of."{reference.target_column}" AS "{name}"')
            joins.append(
                f'LEFT JOIN live."{reference.table}" AS {name}_of ON {name}_of."{reference.target_column}" = h."{name}"'
            )
    tests = ["h.load_until IS NULL", "NOT h.voided"]
    for reference in required:
        test = f'h."{reference.column}" IN (SELECT "{reference.target_column}" FROM live."{reference.table}")'
        needed = _needed(table).get(reference.column)
        tests.append(f"({needed} OR {test})" if needed else test)
    listed = ", ".join([*columns, "h.load_from", "h.file_id", "h.line"])
    return f'SELECT {listed} FROM history."{table.name}" AS h {" ".join(joins)} WHERE {" AND ".join(tests)}'


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
