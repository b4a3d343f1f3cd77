"""Generated worlds: after every load, each table that was kept up is row for row the one that is made anew."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest

from etl import maintain
from etl.build import cut
from etl.keyed import KEYED
from etl.policy import packs_of

from . import product
from .touches import touched_world
from .worlds import written

WORLDS = int(os.environ.get("TOUCHED_WORLDS", "1"))  # hundreds before a release
FIRST, TOUCHES = 2, 10  # of the first world's loads, each model is touched by one and could be kept up
# Holds from the last load of a world on: what the load touches is not all that changes.
POLICY = """city_code = "990100000000"
[ages]
group_4050 = { male = 46, female = 37 }
[subsidies]
max_months = { post = 2 }
"""
# They are other numbers in another build: each is told by the first of the registrations that bear it.
NUMBERS = ("registration_id", "person_id")


@pytest.mark.slow
def test_what_is_kept_up_is_what_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maintain, "FEW", 0)
    kept: Counter[str] = Counter()
    for seed in range(FIRST, FIRST + WORLDS):
        assert list(contradictions(seed, kept)) == []

    assert set(KEYED) - set(kept) == set(), "models that were never kept up have not been tried"


def contradictions(seed: int, kept: Counter[str]) -> Iterator[str]:
    """The tables that differ after some load of a world, with the rows; `kept` counts what was kept up."""
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        (home / "settings.toml").write_text("[loading]\ntouched_share = 0.9\n", encoding="utf-8")
        world = touched_world(seed, touches=TOUCHES)
        for number, delivery in enumerate(written(world, Path(folder)), 1):
            if number == len(world.deliveries):
                (home / "cities" / "own").mkdir(parents=True)
                (home / "cities" / "own" / "policy.toml").write_text(POLICY, encoding="utf-8")
            [account] = product.load(home, [delivery])
            load = account["load"]
            build, anew = home / "builds" / f"{load:06d}.duckdb", Path(folder) / f"anew-{load}.duckdb"
            cut(build, anew, load, packs_of(home))
            with duckdb.connect() as connection:
                connection.execute(f"ATTACH '{build}' AS kept (READ_ONLY); ATTACH '{anew}' AS anew (READ_ONLY)")
                kept.update(
                    name
                    for (name,) in connection.execute("SELECT table_name FROM kept.core.kept WHERE touched").fetchall()
                )
                for text in differences(connection):
                    yield f"world {seed} load {load}: {text}"


def differences(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Rows of `kept` and not of `anew`, and the other way round; numbers replaced by the names that they stand for."""
    tables = {each: _tables(connection, each) for each in ("kept", "anew")}
    if tables["kept"] != tables["anew"]:
        yield f"tables {sorted(set(tables['kept']) ^ set(tables['anew']))}"
    for build in tables:
        for number in NUMBERS:
            connection.execute(
                f"CREATE TEMP TABLE {build}_{number} AS SELECT {number} AS number, min(registration_no) AS name"
                f" FROM {build}.core.registration GROUP BY {number}"
            )
    for table, columns in tables["kept"].items():
        one, other = (_named(build, table, columns) for build in ("kept", "anew"))
        for text, first, second in (("too much", one, other), ("missing", other, one)):
            rows = connection.execute(f"({first}) EXCEPT ALL ({second}) LIMIT 3").fetchall()
            if rows:
                yield f"{table} {text}: {rows}"


def _tables(connection: duckdb.DuckDBPyConnection, build: str) -> dict[str, list[str]]:
    rows = connection.execute(
        "SELECT schema_name || '.' || table_name, list(column_name ORDER BY column_index) FROM duckdb_columns()"
        " WHERE database_name = ? AND schema_name IN ('core', 'mart', 'finding') AND table_name <> 'kept'"
        " GROUP BY ALL ORDER BY ALL",
        [build],
    ).fetchall()
    return dict(rows)


def _named(build: str, table: str, columns: list[str]) -> str:
    replaced = ", ".join(
        f"(SELECT name FROM {build}_{each} AS n WHERE n.number = t.{each}) AS {each}"
        for each in NUMBERS
        if each in columns
    )
    return f"SELECT * {f'REPLACE ({replaced})' if replaced else ''} FROM {build}.{table} AS t"
