"""Every notebook runs over the demonstration city, from its first cell to its last."""

import runpy
from pathlib import Path

import pytest

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
