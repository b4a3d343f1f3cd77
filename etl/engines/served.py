"""Which folders of the storage the builds of a home read; its others are removed once no reader can be there."""

import hashlib
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from etl.engines.store import Store
from etl.home import Home


def begin(root: Path, home: Home, load: int) -> Store:
    """A folder of its own for a build of that home, whose name bears the home's mark: homes may share a storage."""
    return Store.anew(root, f"{load:06d}-{_mark(home)}")


def name_store(connection: DuckDBPyConnection, store: Store) -> None:
    """Write into an open build which folder it reads."""
    connection.execute("CREATE TABLE core.store AS SELECT ? AS folder", [store.folder.name])


def replaced(home: Home, load: int) -> str | None:
    """The folder of the build that a new one of the same load takes the place of; servers may have it open still."""
    return _folder(home.builds / f"{load:06d}.duckdb")


def remove_unserved(root: Path, home: Home, beside: str | None) -> None:
    """Remove the folders of that home which no build names, but for `beside`: of builds pruned, or never finished."""
    named = {_folder(build) for build in home.builds.glob("*.duckdb")} | {beside}
    for path in root.resolve().glob(f"*-{_mark(home)}-*"):
        if path.name not in named:
            Store(path).remove()


def _mark(home: Home) -> str:
    return hashlib.sha256(str(home.path.resolve()).encode()).hexdigest()[:8]


def _folder(build: Path) -> str | None:
    try:
        with duckdb.connect(str(build), read_only=True) as connection:
            [(folder,)] = connection.execute("SELECT folder FROM core.store").fetchall()
            return str(folder)
    except duckdb.Error:  # none, or one that a load made
        return None
