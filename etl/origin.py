"""Where each delivered row came from: `mart.row_origin`, a view over the versions that hold now."""

from duckdb import DuckDBPyConnection

from etl.contract import Table
from etl.merge import key_text
from etl.tables import TABLES


def create_origin(connection: DuckDBPyConnection) -> None:
    """Create or replace the view; `history` must exist. It names the columns that `etl.marts.origin` declares."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS mart")
    selects = " UNION ALL ".join(_origin(table) for table in TABLES)
    connection.execute(f"CREATE OR REPLACE VIEW mart.row_origin AS {selects}")


def _origin(table: Table) -> str:
    return (
        f"SELECT '{table.name}' AS table_name, {key_text(table, 'h')} AS key, h.load_from AS load, h.file_id, h.line,"
        " h.voided AS is_withdrawn"
        f' FROM history."{table.name}" AS h WHERE h.load_until IS NULL'
    )
