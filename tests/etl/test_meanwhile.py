"""Models made on a second connection: there when they are waited for, and made over where they failed beside others."""

from collections.abc import Iterator
from threading import Event

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from etl.meanwhile import Meanwhile, beneath
from etl.model import Model, ModelError


@pytest.fixture
def connection() -> Iterator[DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA core")
        connection.execute("CREATE TABLE core.first AS SELECT 'of the load before' AS said")
        yield connection


def model(name: str, select: str, *reads: str) -> Model:
    return Model("core", name, select, frozenset(reads))


FIRST = model("first", "SELECT 'of this load' AS said")
SECOND = model("second", "FROM core.first", "core.first")


def run(connection: DuckDBPyConnection, model: Model) -> None:
    try:
        connection.execute(f"CREATE OR REPLACE TABLE {model.table} AS {model.select}")
    except duckdb.Error as error:
        raise ModelError(str(error)) from error


def test_what_is_waited_for_is_there(connection: DuckDBPyConnection) -> None:
    with Meanwhile(connection, run) as meanwhile:
        meanwhile.make(FIRST, urgent=True)
        meanwhile.make(SECOND, urgent=False)
        meanwhile.wait_for(["core.second", "core.of_long_ago"])
        assert connection.execute("FROM core.second").fetchall() == [("of this load",)]


def test_what_fails_beside_others_is_made_alone_and_nothing_reads_what_it_was_before(
    connection: DuckDBPyConnection,
) -> None:
    made = []

    def run_alone(second: DuckDBPyConnection, model: Model) -> None:
        if second is not connection:
            raise duckdb.OutOfMemoryException("there is room for one")
        made.append(model)
        run(second, model)

    with Meanwhile(connection, run_alone) as meanwhile:
        meanwhile.make(FIRST, urgent=False)
        meanwhile.make(SECOND, urgent=False)
        meanwhile.wait_for(["core.second"])
        assert connection.execute("FROM core.second").fetchall() == [("of this load",)]
    assert made == [FIRST, SECOND]


def test_a_model_that_is_wrong_says_so_and_what_follows_it_is_not_made(connection: DuckDBPyConnection) -> None:
    wrong = model("first", "SELECT said FROM core.nowhere")
    with Meanwhile(connection, run) as meanwhile:
        meanwhile.make(wrong, urgent=False)
        meanwhile.make(SECOND, urgent=False)
        with pytest.raises(ModelError, match="nowhere"):
            meanwhile.finish()
    with pytest.raises(duckdb.CatalogException):
        connection.execute("FROM core.second")


def test_the_urgent_overtake_what_has_not_begun(connection: DuckDBPyConnection) -> None:
    may_begin, made = Event(), []

    def run_later(_: DuckDBPyConnection, model: Model) -> None:
        may_begin.wait(timeout=60)
        made.append(model.name)

    with Meanwhile(connection, run_later) as meanwhile:
        for name, urgent in (("begun", False), ("slow", False), ("urgent", True)):
            meanwhile.make(model(name, "SELECT 1"), urgent=urgent)
        may_begin.set()
        meanwhile.finish()
    assert set(made) == {"begun", "slow", "urgent"}
    assert made.index("urgent") < made.index("slow")


def test_beneath_a_mart_lies_all_that_its_rows_come_from() -> None:
    found = beneath(frozenset({"core.placement_day"}))
    assert {"core.placement_day", "mart.placement", "core.placement", "live.placements"} <= found
    assert "core.loan" not in found
