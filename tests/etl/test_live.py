"""Rows that count: not withdrawn, and everything that they must refer to counts."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from etl.history import create_history
from etl.live import create_live

PINE = "990101001001"


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        create_history(connection)
        for code, level, parent in (
            ("990100000000", "city", None), ("990101000000", "district", "990100000000"),
            ("990101001000", "street", "990101000000"), (PINE, "community", "990101001000"),
        ):  # fmt: skip
            add(connection, "regions", region_code=code, level=level, parent_code=parent)
        yield connection


def add(connection: duckdb.DuckDBPyConnection, table: str, **cells: Any) -> None:
    """A version that holds now."""
    cells = {"voided": False, "load_from": 1, **cells}
    names, marks = ", ".join(cells), ", ".join("?" * len(cells))
    connection.execute(f"INSERT INTO history.{table} ({names}) VALUES ({marks})", list(cells.values()))


def live(connection: duckdb.DuckDBPyConnection, table: str, columns: str) -> list[tuple[Any, ...]]:
    create_live(connection)
    return connection.execute(f"SELECT {columns} FROM live.{table} ORDER BY ALL").fetchall()


def test_a_replaced_version_counts_no_more(connection: duckdb.DuckDBPyConnection) -> None:
    add(connection, "persons", registration_no="R1", community_code=PINE, skill="old", load_until=2)
    add(connection, "persons", registration_no="R1", community_code=PINE, skill="new", load_from=2)
    assert live(connection, "persons", "registration_no, skill") == [("R1", "new")]


@pytest.mark.parametrize("level", ["city", "district", "street", "community"])
def test_withdrawing_a_region_takes_everything_below_with_it(connection: duckdb.DuckDBPyConnection, level: str) -> None:
    add(connection, "persons", registration_no="R1", community_code=PINE)
    add(connection, "visits", visit_no="V1", registration_no="R1")
    assert live(connection, "visits", "visit_no") == [("V1",)]
    connection.execute("UPDATE history.regions SET voided = TRUE WHERE level = ?", [level])
    assert live(connection, "visits", "visit_no") == []


def test_a_subsidy_needs_its_person_only_where_its_kind_does(connection: duckdb.DuckDBPyConnection) -> None:
    add(connection, "persons", registration_no="R1", community_code=PINE, voided=True)
    for kind in ("post", "insurance", "training", "fee_waiver"):
        add(connection, "subsidies", payment_no=kind, kind=kind, registration_no="R1", community_code=PINE)
    add(connection, "subsidies", payment_no="none", kind="fee_waiver", community_code=PINE)
    assert live(connection, "subsidies", "payment_no, registration_no") == [("fee_waiver", None), ("none", None)]


def test_a_successor_that_is_withdrawn_is_as_if_empty(connection: duckdb.DuckDBPyConnection) -> None:
    add(connection, "regions", region_code="990101001002", level="community", parent_code="990101001000", voided=True)
    connection.execute("UPDATE history.regions SET successor_code = '990101001002' WHERE region_code = ?", [PINE])
    assert live(connection, "regions", "successor_code") == [(None,)] * 4


def test_an_instalment_counts_while_its_loan_and_its_borrower_do(connection: duckdb.DuckDBPyConnection) -> None:
    add(connection, "persons", registration_no="R1", community_code=PINE)
    add(connection, "loans", loan_no="L1", registration_no="R1", community_code=PINE)
    add(connection, "instalments", loan_no="L1", instalment_no=1)
    assert live(connection, "instalments", "loan_no") == [("L1",)]
    connection.execute("UPDATE history.persons SET voided = TRUE")
    assert live(connection, "instalments", "loan_no") == []
