"""Where a load's statements run that grow with its rows: here, or on another engine that leaves the same rows."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from typing import Final, Protocol

from duckdb import DuckDBPyConnection

from etl.check import Landed, add_candidates
from etl.contract import Table

# A name and a SELECT over `candidate`, history and what was made before → a temporary table of that name.
Make = Callable[[str, str], None]


class Judging(Protocol):
    """What a load needs done with many rows."""

    def check(self, connection: DuckDBPyConnection, table: Table, landed: Landed, data_date: date | None) -> None:
        """Check every row of a landing and add it to the candidates."""

    def making(self, connection: DuckDBPyConnection, table: Table) -> AbstractContextManager[Make]:
        """What makes tables while the candidates of `table`, all of them there, are judged and become history."""


class Here:
    """All of it in the build that is being made."""

    def check(self, connection: DuckDBPyConnection, table: Table, landed: Landed, data_date: date | None) -> None:
        """Check every row of a landing and add it to the candidates."""
        add_candidates(connection, table, landed, data_date)

    @contextmanager
    def making(self, connection: DuckDBPyConnection, table: Table) -> Iterator[Make]:  # noqa: ARG002 — of any table
        """What makes tables in this connection."""
        yield make_here(connection)


HERE: Final = Here()


def make_here(connection: DuckDBPyConnection) -> Make:
    """What makes tables in this connection."""

    def make(name: str, select: str) -> None:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {select}")

    return make
