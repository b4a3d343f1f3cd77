"""`reemploy rank` ranks any CSV by any standard, and says what is wrong with either."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from etl.cli import main
from tests.worlds import HILL, LAKE, PINE, PORT, QUAY, REED, TREE, WILLOW, Delivery, world

STANDARD = """
name = "two criteria"
decimals = 1
[tree]
[[tree.children]]
name = "work"
weight = 30
[[tree.children.children]]
indicator = "jobs"
weight = 1
scale = { method = "goalposts", low = 0, high = 10 }
[[tree.children]]
name = "care"
weight = 10
[[tree.children.children]]
indicator = "days"
weight = 1
direction = "-"
scale = { method = "goalposts", low = 0, high = 20 }
"""
CSV = "unit,jobs,days,labour_force\nA,5,10,300\nB,10,0,299\nC,5,10,900\nD,0,0,1000\nE,9,,1000\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "standard.toml").write_text(STANDARD, encoding="utf-8")
    (tmp_path / "table.csv").write_text(CSV, encoding="utf-8")
    return tmp_path


def run(folder: Path, *more: str) -> Result:
    files = ["--standard", str(folder / "standard.toml"), "--indicators", str(folder / "table.csv")]
    return CliRunner().invoke(main, ["rank", *files, *more])


def rows(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.output)
    return found


def test_it_prints_the_rows_of_product_md(files: Path) -> None:
    found = rows(run(files, "--format", "json"))
    assert list(found[0]) == [
        "region_code", "region_name", "score", "rank", "eligible", "reason", "low", "high", "p_best", "criteria",
    ]  # fmt: skip
    assert [(row["region_code"], row["score"], row["rank"], row["eligible"], row["reason"]) for row in found] == [
        ("A", 50, 1, True, None),
        ("C", 50, 1, True, None),
        ("D", 25, 3, True, None),
        ("B", None, None, False, "labour_force 299 < 300"),
        ("E", None, None, False, "weight_present 75 % < 80 %"),
    ]
    assert found[0]["criteria"] == {
        "work": {"score": 50, "weight": 75, "contribution": 37.5},
        "care": {"score": 50, "weight": 25, "contribution": 12.5},
    }
    assert (found[0]["low"], found[0]["high"], found[0]["p_best"]) == (1, 1, 1.0)
    assert (found[3]["low"], found[3]["p_best"], found[3]["criteria"]) == (None, None, {})


def test_it_prints_csv_and_a_table(files: Path) -> None:
    [first, *_] = csv.DictReader(io.StringIO(run(files, "--format", "csv").output))
    assert (first["region_code"], first["score"], first["rank"], first["reason"]) == ("A", "50", "1", "")
    assert json.loads(first["criteria"])["care"]["weight"] == 25
    assert "labour_force 299 < 300" in run(files).output


def test_the_period_makes_the_seed_and_must_be_one(files: Path) -> None:
    once, again = (run(files, "--period", "2026Q3", "--format", "json") for _ in range(2))
    assert rows(once) == rows(again)
    wrong = run(files, "--period", "2026Q5")
    assert (wrong.exit_code, "'2026Q5' is no period" in wrong.output) == (2, True)


def test_a_bad_standard_or_table_is_a_usage_error_with_its_line(files: Path) -> None:
    (files / "standard.toml").write_text(STANDARD.replace("goalposts", "goalpost", 1), encoding="utf-8")
    result = run(files)
    assert result.exit_code == 2
    assert "standard.toml:11: " in result.output.replace("\n", "")
    (files / "standard.toml").write_text(STANDARD, encoding="utf-8")
    (files / "table.csv").write_text("unit,jobs\nA,1\n", encoding="utf-8")
    result = run(files)
    assert result.exit_code == 2
    assert "table.csv:1: has no column 'days'" in result.output


def test_a_table_from_elsewhere_needs_its_standard(files: Path) -> None:
    result = CliRunner().invoke(main, ["rank", "--indicators", str(files / "table.csv")])
    assert (result.exit_code, "--indicators needs --standard" in result.output) == (2, True)


def test_without_a_table_a_period_and_a_build_are_needed(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["rank", "--home", str(tmp_path)])
    assert (result.exit_code, "--period is needed" in result.output) == (2, True)
    result = CliRunner().invoke(main, ["rank", "--home", str(tmp_path), "--period", "2026Q3"])
    assert (result.exit_code, "holds no build yet" in result.output) == (2, True)


def test_a_period_is_ranked_from_the_warehouse_also_as_known_at_an_earlier_load(tmp_path: Path) -> None:
    posts = {"post_no": "1", "community_code": PINE, "kind": "enterprise", "headcount": 50}
    first = Delivery({"regions": TREE, "posts": [{**posts, "developed_on": date(2026, 5, 1)}]}, date(2026, 6, 30))
    again = Delivery({"posts": [{**posts, "developed_on": date(2026, 8, 1)}]}, date(2026, 9, 30))
    home = world(tmp_path / "home", first, again)
    (tmp_path / "standard.toml").write_text(
        'name = "posts"\n[tree]\n[[tree.children]]\nindicator = "posts_developed"\nscale = { method = "rank" }\n',
        encoding="utf-8",
    )

    def scores(*more: str) -> dict[str, float]:
        command = [
            "rank",
            "--home",
            str(home),
            "--standard",
            str(tmp_path / "standard.toml"),
            "--format",
            "json",
            *more,
        ]
        return {row["region_code"]: row["score"] for row in rows(CliRunner().invoke(main, command))}

    assert scores("--period", "2026Q3") == {PINE: 100, WILLOW: 66.67, REED: 66.67, QUAY: 66.67}
    assert set(scores("--period", "2026Q2").values()) == {100}
    assert scores("--period", "2026Q2", "--known-at", "1")[QUAY] == 66.67
    assert scores("--period", "2026Q3", "--level", "street") == {HILL: 100, LAKE: 50, PORT: 50}


def test_a_standard_with_an_unknown_metric_is_refused_in_the_warehouse(files: Path) -> None:
    home = world(files / "home", Delivery({"regions": TREE}, date(2026, 9, 30)))
    command = ["rank", "--home", str(home), "--period", "2026Q3", "--standard", str(files / "standard.toml")]
    result = CliRunner().invoke(main, command)
    assert (result.exit_code, "there is no metric 'jobs'" in result.output) == (2, True)
    result = CliRunner().invoke(main, [*command[:5], "--known-at", "9"])
    assert (result.exit_code, "no load 9" in result.output) == (2, True)
