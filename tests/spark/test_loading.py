"""Deliveries judged on Spark leave the history, quarantine and accounts that this machine leaves, row for row."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from etl.engines.staging import Staging, staging
from etl.home import KEY_VARIABLE, Home
from etl.judging import HERE
from etl.tables import TABLES
from tests.etl.bureau import INDICATORS, PERSONS, PINE, PLACEMENTS, REGIONS, WILLOW, Bureau, load_into, person
from tests.spark.standalone import FEW_ROWS, HOST

REPAYMENTS = "payment_no,loan_no,paid_on,principal,interest,kind,reverses\n"
LOANS = "loan_no,registration_no,community_code,bank,applied_on\n"
WAGES = PLACEMENTS.strip() + ",monthly_wage\n"
PAID = "2026-02-01,10,1"


@pytest.fixture
def on_spark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Staging]:
    settings = FEW_ROWS | {"spark.driver.host": HOST, "spark.sql.shuffle.partitions": "1"}
    with staging("local[1]", tmp_path / "store", settings, least=1) as made:
        monkeypatch.setattr(made, "check", HERE.check)  # rows by themselves: tests/spark/test_staging.py
        yield made


@pytest.fixture
def deliveries(tmp_path: Path) -> list[Path]:
    """A first load, and later ones with rows changed, unchanged, twice there, withdrawn, late, without columns."""
    bureau = Bureau(tmp_path)
    return [bureau.write(files) for files in (_first(), _second(), _third())]


def _first() -> dict[str, str]:
    people = [person(f"R{number}") for number in range(1, 9)]
    return {
        "regions.csv": REGIONS,
        "persons.csv": PERSONS + "".join(people) + people[0] + person("R2", community=WILLOW),
        "placements.csv": WAGES
        + f"P1,R1,{PINE},market,2026-02-01,2000\nP2,R99,{PINE},base,2026-02-02,\n"
        + f"P3,R3,{PINE},market,2026-02-03,2100.50\nP4,R4,990101,market,2026-02-03,\n",
        "loans.csv": LOANS + f"L1,R1,{PINE},银行,2026-01-05\n",
        "repayments.csv": REPAYMENTS + f"Y1,L1,{PAID},repayment,\nY2,L9,{PAID},repayment,\n",
    }


def _second() -> dict[str, str]:
    people = [
        f"{line.strip()},{voided}\n"
        for line, voided in (
            (person("R1"), ""),
            (person("R2"), ""),
            (person("R3", community=WILLOW), ""),
            (person("R4"), "true"),
            ("R98,,,,", "true"),
            (person("R99"), ""),
            (person("R9"), "true"),
            (person("R7"), "否"),
            (person("R7"), ""),
        )
    ]
    return {
        "persons.csv": PERSONS.strip() + ",voided\n" + "".join(people),
        "placements.csv": WAGES + f"P1,R1,{PINE},market,2026-02-01,\nP5,R5,{PINE},market,2026-02-01,1\n",
        "placements-2.csv": PLACEMENTS
        + f"P3,R3,{PINE},market,2026-02-13\nP5,R5,{PINE},market,2026-02-01\nP6,R97,{PINE},market,2026-02-03\n",
        "repayments.csv": REPAYMENTS
        + f"Y3,L1,{PAID},reversal,Y1\nY4,L1,{PAID},reversal,Y3\nY5,L1,{PAID},reversal,Y4\nY3,L1,{PAID},reversal,Y1\n",
    }


def _third() -> dict[str, str]:
    return {
        "persons.csv": PERSONS.strip() + f",voided\n{person('R4').strip()},否\n{person('R97').strip()},\n",
        "placements.csv": PLACEMENTS + f"P6,R97,{WILLOW},base,2026-02-02\nP1,R1,{PINE},market,2026-02-01\n",
        "loans.csv": LOANS + f"L9,R5,{PINE},银行,2026-01-05\n",
        "repayments.csv": REPAYMENTS + f"Y1,L1,{PAID},repayment,\nY6,L9,{PAID},reversal,Y2\n",
    }


def rows_of(one: Home, other: Home) -> Iterator[tuple[str, list[object], list[object]]]:
    """Each table of what a load writes, with its rows in both homes; hours and durations are left out."""
    logs = ("quarantine", "files", "accounts", "units", "refused", "unrecognised")
    kept = [f"{schema}.{table.name}" for schema in ("history", "held") for table in TABLES]
    with duckdb.connect() as connection:
        for name, home in (("one", one), ("other", other)):
            connection.execute(f"ATTACH '{home.current()}' AS {name} (READ_ONLY)")
        for table in (*kept, *(f"log.{name}" for name in logs)):
            found = [connection.execute(f"FROM {name}.{table} ORDER BY ALL").fetchall() for name in ("one", "other")]
            yield table, *found


def test_changed_withdrawn_repeated_and_late_rows_fare_alike(
    deliveries: list[Path], on_spark: Staging, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "9" * 64)
    here, there = Home(tmp_path / "here"), Home(tmp_path / "there")
    for delivery in deliveries:
        accounts = [
            load_into(home, delivery, indicators=lambda: INDICATORS, allow_partial=True, **judged).as_json()
            for home, judged in ((here, {}), (there, {"judging": on_spark}))
        ]
        assert accounts[0] == accounts[1]
    for table, one, other in rows_of(here, there):
        assert one == other, table
    [left] = (tmp_path / "store").iterdir()
    assert not any(left.iterdir())
    with duckdb.connect(str(there.current()), read_only=True) as connection:
        counted = ", ".join(f"sum({name})" for name in ("new", "changed", "unchanged", "duplicates", "released"))
        [found] = connection.execute(f"SELECT {counted} FROM log.accounts").fetchall()
    assert all(found), found
