"""The pack of the demonstration city: policy, standard, tile map, and a README that says what the city is made of."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from dashboard.ranking.standards import standard_in_force
from etl.demo import regions
from etl.demo.calendar import quarterly
from etl.demo.calibration import HUANGSHI, OTHERS, Calibrated, table
from etl.demo.city import parts
from etl.demo.plan import USUAL_PERSONS, drawn
from etl.demo.tally import Tally
from etl.policy import policy_of

PACK = Path(__file__).parents[2] / "data" / "cities" / "cihu"


@pytest.fixture(scope="module")
def usual() -> Tally:
    """The sums of the city of the usual size."""
    plan = drawn(USUAL_PERSONS, quarterly(3), seed=1)
    tally = Tally(plan)
    for _, work in parts(plan):
        tally.add(work)
    return tally


@pytest.mark.parametrize("figures", [HUANGSHI, OTHERS], ids=["Huangshi", "other cities"])
def test_the_readme_states_what_the_city_is_made_of(figures: tuple[Calibrated, ...], usual: Tally) -> None:
    assert "\n".join(table(figures, usual)) in (PACK / "README.md").read_text(encoding="utf-8")


def test_the_city_is_of_the_size_of_the_report(usual: Tally) -> None:
    for figure in HUANGSHI:
        given = float("".join(sign for sign in figure.given if sign.isdigit()))
        assert figure.measured(usual) == pytest.approx(given, rel=0.06), figure.label


def test_the_policy_is_that_of_the_defaults_and_says_that_it_is_invented() -> None:
    own = tomllib.loads((PACK / "policy.toml").read_text(encoding="utf-8"))
    assert own["city_code"] == str(regions.CITY_CODE)
    for row in (*own["loans"]["products"], *own["loans"]["fund_multiple"], *own["ages"]["working_age_end"]):
        assert row.pop("source").startswith("演示数据")
    for section, values in policy_of(None).items():
        of_its_own = {"source", "issuer"}
        assert {name: value for name, value in own[section].items() if name not in of_its_own} == {
            name: value for name, value in values.items() if name not in of_its_own
        }


def test_the_standard_ranks_communities_on_fixed_scales() -> None:
    standard = standard_in_force(str(regions.CITY_CODE), date(2026, 9, 30))
    assert standard.level == "community"
    text = (PACK / "standard.toml").read_text(encoding="utf-8")
    assert text.count('method = "goalposts"') == text.count("indicator = ") == 12
    assert "minmax" not in text


def test_every_region_has_a_tile_of_its_own() -> None:
    tiles = tomllib.loads((PACK / "tiles.toml").read_text(encoding="utf-8"))
    levels = {
        "district": regions.districts(),
        "street": regions.streets(),
        "community": (*regions.communities(), regions.new_community()),
    }
    assert set(tiles) == set(levels)
    for level, inside in levels.items():
        assert set(tiles[level]) == {str(region.code) for region in inside}
        assert len({tuple(place) for place in tiles[level].values()}) == len(inside)
