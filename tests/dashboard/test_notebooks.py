"""Every notebook runs over the demonstration city, from its first cell to its last."""

import runpy
from pathlib import Path

import pytest

from tests.lent import lent_book

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.py"))


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_says_something(
    notebook: Path, city_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REEMPLOY_HOME", str(city_home))
    runpy.run_path(str(notebook))
    assert capsys.readouterr().out.strip()


def test_the_season_of_placements_shares_out_the_whole_year(city_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REEMPLOY_HOME", str(city_home))
    shares = runpy.run_path(str(NOTEBOOKS[0].with_name("season_of_placements.py")))["shares"]
    assert len(shares) == 4
    assert all(abs(sum(months.values()) - 100) < 1e-9 for months in shares.values())


def test_the_gap_of_the_worst_quarter_of_lending_is_split_without_a_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = lent_book(tmp_path).path.parent.parent
    monkeypatch.setenv("REEMPLOY_HOME", str(home))
    found = runpy.run_path(str(NOTEBOOKS[0].with_name("lending_quarters.py")))
    assert found["worst"] == "2026Q1"
    assert found["gap"] == pytest.approx(100 * 4_000 / 417_000), "of two quarters half a year old one has none late"
    for mix, rate, by_group in found["splits"].values():
        assert mix + rate == pytest.approx(found["gap"])
        assert sum(by_group.values()) == pytest.approx(found["gap"])


def test_what_lasted_by_channel_is_what_lasted_in_all(city_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REEMPLOY_HOME", str(city_home))
    found = runpy.run_path(str(NOTEBOOKS[0].with_name("welfare_posts.py")))
    [whole] = found["asked"]().values()
    parts = found["channels"].values()
    assert (sum(kept for kept, _ in parts), sum(number for _, number in parts)) == pytest.approx(whole)
