"""Row versions: every version of every row, from the load that brought it until the load that replaced it.

`history.<table>` holds the contract's stored columns and, beside them, `voided`, `load_from`,
`load_until` (null: the version that holds now), and `file_id` and `line`, the place in the delivery
that it came from. A version is never deleted and, but for `load_until`, never changed.
"""

from duckdb import DuckDBPyConnection

from etl.contract import Kind, Table
from etl.home import HomeError
from etl.tables import TABLES

# What the ID number gives in place of itself, and what was delivered where the two disagree.
PERSON_COLUMNS = (
    ("person_key", "VARCHAR"),
    ("sex", "VARCHAR"),
    ("birth_date", "DATE"),
    ("sex_delivered", "VARCHAR"),
    ("birth_date_delivered", "DATE"),
)
VERSION_COLUMNS = (
    ("voided", "BOOLEAN"),
    ("load_from", "INTEGER"),
    ("load_until", "INTEGER"),
    ("file_id", "INTEGER"),
    ("line", "BIGINT"),
)


def stored_columns(table: Table) -> tuple[tuple[str, str], ...]:
    """Names and DuckDB types of the table's content as stored, in order, without the version columns."""
    columns: list[tuple[str, str]] = []
    of_persons = any(column.kind is Kind.ID_NUMBER for column in table.columns)
    for column in table.columns:
        if column.kind is Kind.ID_NUMBER:
            columns.extend(PERSON_COLUMNS)
        elif column.stored and not (of_persons and column.name in ("sex", "birth_date")):
            columns.append((column.name, column.kind.sql_type))
    return tuple(columns)


def is_elsewhere(connection: DuckDBPyConnection) -> bool:
    """Whether an open build only looks at history, in the storage of a cluster: nothing can be loaded into it."""
    views = "SELECT 1 FROM duckdb_views() WHERE schema_name = 'history' AND database_name = current_database() LIMIT 1"
    return connection.execute(views).fetchone() is not None


def declared_columns(table: Table) -> tuple[str, ...]:
    """The content's columns as a CREATE TABLE declares them.

    Codes, nearly all of them different, are packed by zstd: not quite as small as by what the engine would choose, but
    written in a third of the time, which otherwise is most of what storing a row takes.
    """
    codes = {column.name for column in table.columns if column.kind is Kind.CODE} | {"person_key"}
    return tuple(
        f'"{name}" {kind}{" USING COMPRESSION zstd" if name in codes else ""}' for name, kind in stored_columns(table)
    )


def has_rows(connection: DuckDBPyConnection, table: Table) -> bool:
    """Whether history holds any version of any row of `table`."""
    return connection.execute(f'SELECT 1 FROM history."{table.name}" LIMIT 1').fetchone() is not None


def create_history(connection: DuckDBPyConnection) -> None:
    """Create the empty schema `history` with one table per source table. HomeError where a cluster keeps it."""
    if is_elsewhere(connection):
        raise HomeError("this home serves what a cluster built: load into the home that it was built from")
    connection.execute("CREATE SCHEMA IF NOT EXISTS history")
    for table in TABLES:
        columns = ", ".join([*declared_columns(table), *(f'"{name}" {kind}' for name, kind in VERSION_COLUMNS)])
        connection.execute(f'CREATE TABLE IF NOT EXISTS history."{table.name}" ({columns})')
