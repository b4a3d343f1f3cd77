"""The demonstration city on a real cluster: the same marts as DuckDB makes, row for row, also if a worker dies."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from etl.cli import main
from etl.marts import DECLARED
from tests.demo_city import demo_home
from tests.spark.standalone import HOST, Standalone, kill, standalone, until


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_home(tmp_path_factory.getbasetemp())


@contextmanager
def begun(home: Path, cluster: Standalone, folder: Path, *further: str) -> Iterator[subprocess.Popen[bytes]]:
    """`reemploy build` as an operator starts it, served in `folder`/to, its marts in `folder`/store."""
    settings = ("spark.executor.memory=512m", f"spark.driver.host={HOST}", "spark.sql.shuffle.partitions=4")
    options = [part for setting in settings for part in ("--conf", setting)]
    options += ["--master", cluster.master, "--store", str(folder / "store"), "--to", str(folder / "to"), *further]
    build = subprocess.Popen(
        [sys.executable, "-m", "etl.cli", "build", "--engine", "spark", "--home", str(home), *options],
        env=os.environ | {"SPARK_LOCAL_IP": HOST, "SPARK_LOCAL_DIRS": str(folder)},
        start_new_session=True,
    )
    try:
        yield build
    finally:
        kill(build)


def differing(one: Path, other: Path) -> dict[str, int]:
    """Mart → rows that one of the two builds has and the other lacks; what both have alike is left out."""
    found = {}
    with duckdb.connect() as connection:
        for name, path in (("one", one), ("other", other)):
            connection.execute(f"ATTACH '{path}' AS {name} (READ_ONLY)")
        for mart in DECLARED.values():
            columns = ", ".join(f'"{column.name}"' for column in mart.columns)
            rows = {name: f"SELECT {columns} FROM {name}.mart.{mart.name}" for name in ("one", "other")}
            missing = [f"({rows[a]} EXCEPT ALL {rows[b]})" for a, b in (("one", "other"), ("other", "one"))]
            [(count,)] = connection.execute(f"SELECT count(*) FROM ({' UNION ALL '.join(missing)})").fetchall()
            if count:
                found[mart.name] = count
    return found


def test_a_cluster_makes_the_same_marts_row_for_row_and_they_are_served(home: Path, tmp_path: Path) -> None:
    with standalone(tmp_path) as cluster, begun(home, cluster, tmp_path) as build:
        assert build.wait() == 0
    [built] = (tmp_path / "to" / "builds").glob("*.duckdb")
    assert differing(home / "builds" / built.name, built) == {}

    question = [
        "query",
        "placements",
        "par_30",
        "subsidy_spend",
        "--by",
        "district",
        "--by",
        "month",
        "--format",
        "json",
    ]
    for further in ([], ["--known-at", "3"], ["--region", "990102"]):
        asked = [
            CliRunner().invoke(main, [*question, *further, "--home", str(each)]) for each in (home, tmp_path / "to")
        ]
        assert asked[0].exit_code == 0, asked[0].output
        assert asked[0].stdout == asked[1].stdout
    checked = json.loads(CliRunner().invoke(main, ["check", "--home", str(tmp_path / "to"), "--json"]).stdout)
    assert [each for each in checked if each["verdict"] == "fault"] == []
    refused = CliRunner().invoke(main, ["load", str(tmp_path), "--home", str(tmp_path / "to"), "--json"])
    assert (refused.exit_code, "built from" in refused.stdout) == (1, True)


def test_a_worker_that_dies_in_the_middle_changes_nothing(home: Path, tmp_path: Path) -> None:
    with standalone(tmp_path) as cluster, begun(home, cluster, tmp_path, "--copy-marts") as build:
        until(lambda: any(tmp_path.glob("store/*/core/placement/_SUCCESS")), build)
        assert not any(tmp_path.glob("store/*/mart/placement/_SUCCESS"))
        kill(cluster.workers[0])
        assert build.wait() == 0
    [built] = (tmp_path / "to" / "builds").glob("*.duckdb")
    assert differing(home / "builds" / built.name, built) == {}
