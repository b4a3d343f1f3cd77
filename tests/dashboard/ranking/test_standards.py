"""The standard in force is the city pack's newest that holds on the day, else the default."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.ranking.fields import StandardError
from dashboard.ranking.standards import CITIES, DEFAULT, standard_in_force, standard_of, standard_path

CITY = "990100000000"
STANDARD = """
name = "{name}"
{dated}
[tree]
[[tree.children]]
indicator = "{indicator}"
scale = {{ method = "rank" }}
"""


@pytest.fixture
def cities(tmp_path: Path) -> Path:
    pack = tmp_path / "somewhere"
    pack.mkdir()
    (pack / "policy.toml").write_text(f'city_code = "{CITY}"\n', encoding="utf-8")
    for name, dated in (("standard-2025", "valid_from = 2025-01-01"), ("standard", "valid_from = 2026-07-01")):
        text = STANDARD.format(name=name, dated=dated, indicator="placed")
        (pack / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_packs_newest_standard_that_holds_on_the_day_is_in_force(cities: Path) -> None:
    assert standard_in_force(CITY, date(2026, 9, 30), cities).name.en == "standard"
    assert standard_in_force(CITY, date(2026, 7, 1), cities).name.en == "standard"
    assert standard_in_force(CITY, date(2026, 6, 30), cities).name.en == "standard-2025"


def test_before_the_first_and_for_other_cities_the_default_holds(cities: Path) -> None:
    assert standard_path(CITY, date(2024, 12, 31), cities) == DEFAULT
    assert standard_path("990200000000", date(2026, 9, 30), cities) == DEFAULT
    assert standard_path(None, date(2026, 9, 30), cities) == DEFAULT
    assert len(standard_in_force(None, date(2026, 9, 30), cities).leaves) == 12


def test_a_pack_with_a_metric_that_does_not_exist_is_refused_with_its_line(cities: Path) -> None:
    path = cities / "somewhere" / "standard.toml"
    path.write_text(STANDARD.format(name="x", dated="", indicator="plced"), encoding="utf-8")
    with pytest.raises(StandardError, match=r"standard\.toml:6: .*there is no metric 'plced'; the nearest: placed"):
        standard_in_force(CITY, date(2026, 9, 30), cities)


def test_every_standard_that_is_shipped_can_be_used() -> None:
    paths = [DEFAULT, *CITIES.glob("*/standard*.toml")]
    assert all(standard_of(path).leaves for path in paths)
