"""What a load changed of history: the versions that it began, at the end of a table, and those that it ended.

The latter lie scattered over history: to look them up, whichever columns are asked for, reads nearly all of it. So
merging, which has them in its hands, keeps them as `temp.main.ended_<table>` until the models are made.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from etl.canonical import quoted
from etl.contract import Table
from etl.history import stored_columns
from etl.keyed import UNREAD
from etl.tables import TABLES


def keep_ended(connection: DuckDBPyConnection, table: Table, delta: str) -> None:
    """Keep the versions that `delta` ends: of its rows that are not `is_new` the columns `h_…`."""
    columns = ", ".join(f'"h_{name}" AS {quoted(name)}' for name in _content(table))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {_ended(table)} AS SELECT {columns} FROM {delta} WHERE NOT is_new"
    )


def forget_ended(connection: DuckDBPyConnection) -> None:
    """Make room: nobody asks for them any more."""
    for table in TABLES:
        connection.execute(f"DROP TABLE IF EXISTS temp.main.{_ended(table)}")
        if table.name in UNREAD:
            connection.execute(f"DROP TABLE IF EXISTS temp.main.{_differing(table)}")


@dataclass(frozen=True)
class Versions:
    """The versions of the build `main` that `load` began or ended."""

    connection: DuckDBPyConnection
    main: str
    load: int

    def history(self, table: Table) -> str:
        """The qualified name of all versions of a table."""
        return f"{quoted(self.main)}.history.{quoted(table.name)}"

    def begun(self, table: Table, columns: str) -> str:
        """SELECT `columns` of those that the load began."""
        return f"SELECT {columns} FROM {self.history(table)} WHERE load_from = {self.load}"

    def ended(self, table: Table) -> str:
        """A table of the content and `voided` of those that it ended: what merging kept of them, else looked up."""
        columns = ", ".join(quoted(name) for name in _content(table))
        self.connection.execute(
            f"CREATE TEMP TABLE IF NOT EXISTS {_ended(table)} AS"
            f" SELECT {columns} FROM {self.history(table)} WHERE load_until = {self.load}"
        )
        return f"temp.main.{_ended(table)}"

    def own(self, table: Table, column: str) -> str:
        """SELECT `column`, distinct, of those that it began or ended."""
        return f"{self.begun(table, column)} UNION SELECT {column} FROM {self.ended(table)}"

    def differing(self, table: Table) -> str:
        """A table of those of own in which they differ from each other in what is read."""
        unread = UNREAD[table.name]
        read = ", ".join(quoted(name) for name in _content(table) if name not in unread)
        self.connection.execute(
            f"CREATE TEMP TABLE IF NOT EXISTS {_differing(table)} AS"
            f" WITH begun AS ({self.begun(table, read)}), gone AS (SELECT {read} FROM {self.ended(table)})"
            " (FROM begun EXCEPT FROM gone) UNION ALL (FROM gone EXCEPT FROM begun)"
        )
        return f"temp.main.{_differing(table)}"

    def changed(self) -> Iterator[str]:
        """The source tables of which a row that counts may have changed: it, or one that it names."""
        changed: set[str] = set()
        for table in TABLES:
            rows = f"SELECT 1 FROM {self.history(table)} WHERE load_from = ? OR load_until = ? LIMIT 1"
            named = {each.table for each in table.references}
            if named & changed or self.connection.execute(rows, [self.load, self.load]).fetchone() is not None:
                changed.add(table.name)
                yield table.name


def _content(table: Table) -> Iterable[str]:
    return [*(name for name, _ in stored_columns(table)), "voided"]


def _ended(table: Table) -> str:
    return f"ended_{table.name}"


def _differing(table: Table) -> str:
    return f"differing_{table.name}"
