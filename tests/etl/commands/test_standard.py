"""`reemploy standard`: goalposts from last year's quarters, and a standard checked before it is used."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dashboard.ranking.reading import read_standard
from dashboard.ranking.standard import Indicator, Scale
from etl.cli import main
from tests.worlds import PINE, QUAY, REED, TREE, WILLOW, Delivery, world

STANDARD = """name = { zh = "岗位", en = "Posts" }
valid_from = 2025-01-01
[tree]
[[tree.children]]
name = "posts"
weight = 60
[[tree.children.children]]
indicator = "posts_developed"
weight = 1
scale = { method = "minmax" }
[[tree.children]]
rule = { metric = "referral_success", full = 10, bands = [[95, 10]] }
weight = 40
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every quarter of 2025 each community develops posts: 10, 20, 30, 40."""
    posts = [
        {"post_no": f"{place}-{month}", "community_code": place, "kind": "enterprise", "headcount": count,
         "developed_on": date(2025, month, 5)}
        for place, count in ((PINE, 10), (WILLOW, 20), (REED, 30), (QUAY, 40)) for month in (2, 5, 8, 11)
    ]  # fmt: skip
    return world(tmp_path_factory.mktemp("standard"), Delivery({"regions": TREE, "posts": posts}, date(2026, 3, 31)))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "standard.toml"
    path.write_text(STANDARD, encoding="utf-8")
    return path


def run(*command: object) -> Result:
    return CliRunner().invoke(main, ["standard", *map(str, command)])


def loose(file: Path) -> Path:
    """The same, content with the half of the weight that this small world measures."""
    text = file.read_text(encoding="utf-8").replace(
        "[tree]\n", "eligibility = { weight_present_min = 0.5 }\n[tree]\n", 1
    )
    file.write_text(text, encoding="utf-8")
    return file


def test_goalposts_are_proposed_from_the_last_complete_year(home: Path, file: Path) -> None:
    target = file.with_name("proposed.toml")
    result = run("propose", "--standard", loose(file), "--home", home, "--output", target)
    assert (result.exit_code, "2 leaves" in result.output) == (0, True)
    proposed = read_standard(target)
    measures = [leaf.measure for leaf in proposed.leaves]
    assert isinstance(measures[0], Indicator)
    assert measures[0].scale == Scale("goalposts", 10, 40)
    assert proposed.valid_from == date(2026, 1, 1)
    text = target.read_text(encoding="utf-8")
    assert "four quarters of 2025: 16 ranked units and quarters" in text
    assert "# 2025Q1, 2025Q2, 2025Q3, 2025Q4: 5th percentile 10, 95th 40" in text
    again = run("propose", "--standard", file, "--home", home, "--output", target)
    assert (again.exit_code, "not overwritten" in again.output) == (2, True)


def test_a_year_that_is_not_over_gives_no_goalposts(home: Path, file: Path) -> None:
    result = run("propose", "--standard", file, "--home", home, "--year", 2026)
    assert (result.exit_code, "data reach to 2026-03-31" in result.output) == (2, True)
    result = run("propose", "--standard", file, "--home", home)
    assert (result.exit_code, "no unit could be ranked" in result.output) == (2, True)


def test_check_prints_the_tree_with_effective_weights_and_who_has_the_figures(home: Path, file: Path) -> None:
    result = run("check", loose(file), "--home", home, "--period", "2025Q3", "--format", "json")
    assert result.exit_code == 0
    [found] = json.loads(result.output)
    tree: list[dict[str, Any]] = found["tree"]
    assert [(row["node"], row["weight"], row["effective"], row["available"]) for row in tree] == [
        ("posts", 60, 60, None), ("posts.posts_developed", 100, 60, "4/4"), ("referral_success", 40, 40, "0/4"),
    ]  # fmt: skip
    assert {(row["node"], row["warning"]) for row in found["warnings"]} == {
        ("posts", "dominant"), ("", "relative_scale"), ("referral_success", "availability"),
    }  # fmt: skip


def test_check_speaks_both_languages(home: Path, file: Path) -> None:
    loose(file)
    chinese, english = (run("check", file, "--home", home, "--lang", lang).output for lang in ("zh", "en"))
    assert "岗位: 可用；2026Q1 共 4 个单位" in chinese
    assert "超过一半" in chinese
    assert "Posts: can be used; 4 of 4 units are ranked in 2026Q1" in english
    assert "more than half" in english


def test_check_names_the_line_of_what_is_wrong(home: Path, file: Path) -> None:
    file.write_text(STANDARD.replace("posts_developed", "posts_develope"), encoding="utf-8")
    result = run("check", file, "--home", home)
    assert result.exit_code == 1
    said = result.output.replace("\n", "")
    assert "standard.toml:8: " in said
    assert "'posts_develope'" in said
    assert "posts_developed" in said


def test_check_needs_no_build_and_no_warehouse(tmp_path: Path, file: Path) -> None:
    result = run("check", file, "--home", tmp_path / "none", "--lang", "en")
    assert (result.exit_code, "nothing is loaded yet" in result.output) == (0, True)
    (tmp_path / "table.csv").write_text("unit,posts_developed,referral_success\nA,1,2\nB,3,96\n", encoding="utf-8")
    result = run("check", file, "--indicators", tmp_path / "table.csv", "--lang", "en")
    assert (result.exit_code, "2 of 2 units are ranked\n" in result.output) == (0, True)
    result = run("check", file, "--indicators", tmp_path / "none.csv")
    assert (result.exit_code, "none.csv: cannot be read" in result.output) == (1, True)
