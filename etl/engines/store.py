"""Shared storage: a folder per build that the driver and every worker see at the same path, of Parquet files.

`STORE/000007-1f3a09bc/<schema>/<table>/*.parquet`. A build never writes into the folder of another one.
"""

import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from duckdb import DuckDBPyConnection

from etl.canonical import literal, quoted

# Files large enough to be read in one go, small enough for many workers to share a table.
_FILE_SIZE: Final = "256MB"


@dataclass(frozen=True)
class Store:
    """The folder of one build."""

    folder: Path

    @classmethod
    def anew(cls, root: Path, name: str) -> "Store":
        """A folder `name`-… that nothing else has, in the storage at `root`; for this account alone."""
        folder = root.resolve() / f"{name}-{secrets.token_hex(4)}"
        folder.mkdir(parents=True, mode=0o700)
        return cls(folder)

    def path(self, table: str) -> Path:
        """Where `schema.name` lies."""
        schema, _, name = table.partition(".")
        return self.folder / schema / name

    def write(self, connection: DuckDBPyConnection, table: str, source: str) -> None:
        """Write the relation `source` of an open build as `table`."""
        path = self.path(table)
        path.mkdir(parents=True)
        connection.execute(
            f"COPY (FROM {source}) TO {literal(str(path))} (FORMAT parquet, COMPRESSION zstd,"
            f" FILE_SIZE_BYTES '{_FILE_SIZE}', WRITE_EMPTY_FILE true, OVERWRITE_OR_IGNORE true)"
        )

    def relation(self, table: str) -> str:
        """SQL: the table as DuckDB reads it."""
        return f"read_parquet({literal(str(self.path(table) / '*.parquet'))})"

    def show(self, connection: DuckDBPyConnection, table: str, columns: str = "*", *, copied: bool = False) -> None:
        """Create the table in an open build: a view over its files, or a copy; `columns`: what it selects of them."""
        schema, _, name = table.partition(".")
        kind = "TABLE" if copied else "VIEW"
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        connection.execute(f"CREATE {kind} {schema}.{quoted(name)} AS SELECT {columns} FROM {self.relation(table)}")

    def keep_only(self, tables: set[str]) -> None:
        """Remove all other tables."""
        for path in self.folder.glob("*/*"):
            if f"{path.parent.name}.{path.name}" not in tables:
                shutil.rmtree(path)
        for schema in self.folder.iterdir():
            if not any(schema.iterdir()):
                schema.rmdir()

    def sync(self) -> None:
        """Put all of it on disk: a build is named only when it is there."""
        for path in [*self.folder.rglob("*"), self.folder, self.folder.parent]:
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def remove(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)
