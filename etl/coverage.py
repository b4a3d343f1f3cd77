"""What each source table holds of each region: how many rows count, the newest event, the newest load that brought one.

`core.coverage` is made from the contract, like the live views: an event is a date that cannot lie after the data date.
"""

from etl.canonical import literal, quoted
from etl.contract import Table, region_column
from etl.model import Model
from etl.tables import TABLES


def coverage() -> Model:
    """`core.coverage`: one row per source table and region code that its rows name (null: none does)."""
    select = " UNION ALL ".join(_select(table) for table in TABLES)
    return Model("core", "coverage", select, frozenset(f"live.{table.name}" for table in TABLES))


def _select(table: Table) -> str:
    events = [f"max({quoted(column.name)})" for column in table.columns if column.event]
    newest = f"greatest({', '.join(events)})" if len(events) > 1 else "".join(events) or "NULL::DATE"
    region = region_column(table)
    code = quoted(region) if region else "NULL::VARCHAR"
    # A row whose other parts were changed by a later load was brought by that load.
    return (
        f"SELECT {literal(table.name)} AS table_name, {code} AS region_code, count(*) AS row_count,"
        f" {newest} AS newest_event, max(load_from) AS newest_load"
        f" FROM live.{quoted(table.name)} GROUP BY {code}"
    )
