"""`reemploy query`, `targets`, `methods` as a reader types them."""

import gc
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from dashboard.semantics.catalogue import METRICS
from etl.cli import main
from tests.spec.rows import budget, day, person, placed, subsidy, target
from tests.worlds import CITY, NORTH, SOUTH, TREE, Delivery, world

TARGET_FIELDS = [
    "target_year", "region_code", "indicator", "issuer", "revision", "value", "actual", "completion", "time_elapsed",
    "lead", "state", "forecast", "forecast_low", "forecast_high", "probability", "needed_per_week",
]  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two loads; the second one moves the placement by a month."""
    first = {
        "regions": TREE,
        "persons": [person("R1")],
        "placements": [placed("P1", "R1", "02-01")],
        "subsidies": [subsidy("S1", "02-01", "0.30")],
        "budgets": [budget(CITY, 2)],
        "targets": [target(CITY, "placed", 4)],
    }
    second = {"placements": [placed("P1", "R1", "03-01")]}
    return world(
        tmp_path_factory.mktemp("home"), Delivery(first, date(2026, 3, 31)), Delivery(second, date(2026, 6, 30))
    )


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--home", str(home)])


def printed(home: Path, *arguments: str) -> Any:
    result = run(home, *arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_json_is_an_array_with_keys_before_metrics(home: Path) -> None:
    rows = printed(home, "query", "placed", "subsidy_spend", "budget_execution", "--by", "district", "--by", "year")
    assert rows == [
        {"region_code": NORTH, "region_name": NORTH, "year": "2026", "placed": 1, "subsidy_spend": 0.3,
         "budget_execution": None},
        {"region_code": SOUTH, "region_name": SOUTH, "year": "2026", "placed": 0, "subsidy_spend": 0,
         "budget_execution": None},
    ]  # fmt: skip
    assert list(rows[0]) == ["region_code", "region_name", "year", "placed", "subsidy_spend", "budget_execution"]
    assert printed(home, "query", "budget_execution") == [{"budget_execution": 15}]


def test_the_same_rows_as_csv_table_and_parquet(home: Path) -> None:
    asked = ("query", "placed", "--by", "district")
    assert run(home, *asked, "--format", "csv").stdout == (
        f"region_code,region_name,placed\n{NORTH},{NORTH},1\n{SOUTH},{SOUTH},0\n"
    )
    assert NORTH in run(home, *asked).stdout
    parquet = run(home, *asked, "--format", "parquet").stdout_bytes
    assert pq.read_table(io.BytesIO(parquet)).to_pylist() == printed(home, *asked)


def test_periods_days_and_loads_can_be_said(home: Path) -> None:
    months = ("query", "placed", "--by", "month", "--from", "2026-02-01", "--to", "2026-03-31")
    assert [row["placed"] for row in printed(home, *months)] == [0, 1]
    assert [row["placed"] for row in printed(home, *months, "--known-at", "1")] == [1, 0]
    assert printed(home, "query", "placed", "--as-of", "2026-02-28") == [{"placed": 0}]
    assert printed(home, "query", "placed", "--region", "990102") == [{"placed": 0}]
    assert printed(home, "query", "placed", "--where", "sex=female", "--where", "sex=null") == [{"placed": 1}]
    assert len(printed(home, "query", "placed", "--by", "month", "--known-at", "1")) == 3, "D is that load's"


def test_a_command_lets_go_of_every_build_that_it_opened(home: Path) -> None:
    """Without waiting for Python to tidy: a file that is open cannot be opened in another way by the same process."""
    gc.disable()
    try:
        printed(home, "query", "placed", "--by", "month", "--known-at", "1")
        for path in (home / "builds").glob("*.duckdb"):
            with duckdb.connect(str(path), read_only=True, config={"threads": 1}) as alone:
                assert alone.execute("SELECT count(*) FROM mart.build").fetchall() == [(1,)]
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("query", "plced"), ["plced", "placed"]),
        (("query", "placed", "--by", "bank"), ["placed", "bank"]),
        (("query", "placed", "--where", "bank=x"), ["placed", "bank"]),
        (("query", "placed", "--where", "sex"), ["sex", "DIM=VALUE"]),
        (("query", "placed", "--region", "12"), ["12"]),
        (("query", "placed", "--from", "last week"), ["last week"]),
        (("query", "placed", "--known-at", "9"), ["9", "1 to 2"]),
        (("query", "placed", "--known-at", "0"), ["0", "1 to 2"]),
        (("query",), ["METRIC"]),
        (("targets", "--region", "12"), ["12"]),
    ],
)
def test_what_is_wrong_with_a_question_is_a_usage_error(
    home: Path, arguments: tuple[str, ...], words: list[str]
) -> None:
    result = run(home, *arguments)
    assert result.exit_code == 2
    assert all(word in result.stderr for word in words)


def test_a_home_without_data_says_what_to_do(tmp_path: Path) -> None:
    result = run(tmp_path, "query", "placed")
    assert result.exit_code == 2
    assert "load a delivery first" in result.stderr


def test_targets_print_every_field(home: Path) -> None:
    [row] = printed(home, "targets")
    assert list(row) == TARGET_FIELDS
    assert (row["target_year"], row["region_code"], row["actual"], row["completion"]) == (2026, CITY, 1, 25)
    assert row["state"] == "behind"
    [earlier] = printed(home, "targets", "--known-at", "1", "--year", "2026", "--region", CITY)
    assert earlier["time_elapsed"] == pytest.approx(100 * 90 / 365)
    assert printed(home, "targets", "--as-of", day("02-10").isoformat())[0]["actual"] == 0
    assert printed(home, "targets", "--year", "2024") == []


def test_methods_say_what_every_metric_means() -> None:
    result = CliRunner().invoke(main, ["methods", "--format", "json"])
    found = {row["metric"]: row for row in json.loads(result.stdout)}
    assert set(found) == set(METRICS)
    assert found["placed"]["label_zh"] == "再就业人数"
    assert "channel" in found["placed"]["dimensions"]
