"""A period's ranking comes from the same metrics as every page, for the regions and assessments of that period."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dashboard.period import Period, named_period
from dashboard.ranking.official import ranking, standard_of_city
from dashboard.ranking.ranking import Ranking
from dashboard.ranking.reading import parse_standard
from dashboard.ranking.standard import Standard
from dashboard.ranking.standards import known_metrics
from dashboard.semantics.question import QuestionError
from tests.worlds import HILL, LAKE, NORTH, PINE, QUAY, REED, TREE, WILLOW, Row, build, region

POSTS = """
name = "posts"
[tree]
[[tree.children]]
indicator = "posts_developed"
per_1000_labour_force = true
weight = 1
scale = { method = "goalposts", low = 0, high = 100 }
"""
HALL = """
name = "hall"
[tree]
[[tree.children]]
item = "service_hall"
full = 10
weight = 1
"""


def standard(text: str) -> Standard:
    return parse_standard(text, metrics=known_metrics())


def quarter(name: str = "2026Q3") -> Period:
    found = named_period(name)
    assert found is not None
    return found


def post(community: str, headcount: int, developed_on: date = date(2026, 8, 1), **more: Any) -> Row:
    number = f"{community}-{headcount}-{developed_on}"
    row = {"post_no": number, "community_code": community, "kind": "enterprise", "headcount": headcount}
    return {**row, "developed_on": developed_on, **more}


def points(community: str, period: str = "2026Q3", item: str = "service_hall", **more: Any) -> Row:
    return {"community_code": community, "period": period, "item": item, **more}


def made(
    folder: Path, tables: dict[str, Sequence[Row]], text: str = POSTS, period: str = "2026Q3", **more: Any
) -> Ranking:
    return ranking(build(folder, tables), quarter(period), standard=standard(text), **more)


def scores(found: Ranking) -> dict[str, Decimal | None]:
    return {unit.code: unit.score for unit in found.units}


def test_flows_of_the_period_are_counted_per_1000_labour_force(tmp_path: Path) -> None:
    posts = [post(PINE, 50), post(WILLOW, 10), post(WILLOW, 5), post(QUAY, 80, date(2026, 6, 30))]
    found = made(tmp_path, {"posts": posts})
    assert scores(found) == {PINE: Decimal(50), WILLOW: Decimal(30), REED: Decimal(0), QUAY: Decimal(0)}
    assert [unit.rank for unit in found.units] == [1, 2, 3, 3]
    assert [unit.labour_force for unit in found.units] == [1000, 500, 400, 800]
    assert [leaf.value for leaf in found.leaves(WILLOW)] == [30]


def test_a_period_that_is_not_over_is_ranked_as_far_as_the_data_reach(tmp_path: Path) -> None:
    posts = [post(PINE, 20, date(2026, 9, 30)), post(PINE, 30, date(2026, 1, 1))]
    assert scores(made(tmp_path, {"posts": posts}, period="2026"))[PINE] == Decimal(50)
    late = made(tmp_path / "late", {"posts": posts}, period="2026Q4")
    assert {str(unit.reasons[-1]) for unit in late.units} == {"weight_present 0 %"}


def test_labour_force_is_that_valid_on_the_day_credited_to_the_successor(tmp_path: Path) -> None:
    merged = region(
        "990101001003", "community", HILL, labour_force=250, valid_to=date(2026, 8, 1), successor_code=WILLOW
    )
    young = region("990101001004", "community", HILL, labour_force=900, valid_from=date(2026, 7, 1))
    small = region("990101001005", "community", HILL, labour_force=299)
    unknown = region("990101001006", "community", HILL)
    tables = {"regions": [*TREE, merged, young, small, unknown], "posts": [post("990101001003", 15)]}
    third, second = made(tmp_path / "3", tables), made(tmp_path / "2", tables, period="2026Q2")
    assert {unit.code: unit.labour_force for unit in third.units} == {
        PINE: 1000, WILLOW: 500, REED: 400, QUAY: 800, "990101001004": 900, "990101001005": 299, "990101001006": None,
    }  # fmt: skip
    assert scores(third)[WILLOW] == Decimal(30)
    assert {unit.code: str(unit.reasons[0]) for unit in third.units if not unit.eligible} == {
        "990101001005": "labour_force 299 < 300",
        "990101001006": "labour_force unknown",
    }
    # At 30 June the community was not yet merged away: its labour force counts, with its successor.
    assert {unit.code: unit.labour_force for unit in second.units}[WILLOW] == 750
    assert "990101001004" not in scores(second)


def test_a_veto_leaves_a_community_out_with_its_remark(tmp_path: Path) -> None:
    given = [
        points(PINE, item="veto", remark="虚报台账"),
        points(WILLOW, "2026", item="一票否决", remark="零就业家庭"),
        points(QUAY, "2026Q2", item="veto", remark="另一季度"),
    ]
    found = made(tmp_path, {"assessments": given})
    reasons = {unit.code: [str(reason) for reason in unit.reasons] for unit in found.units if not unit.eligible}
    assert reasons == {PINE: ["veto: 虚报台账"], WILLOW: ["veto: 零就业家庭"]}
    year = made(tmp_path / "year", {"assessments": given}, period="2026")
    assert {unit.code for unit in year.units if not unit.eligible} == {PINE, WILLOW, QUAY}


def test_manual_points_are_the_citys_else_the_districts_else_its_own_and_which_is_said(tmp_path: Path) -> None:
    given = [
        points(PINE, self_points=10, district_points=8, city_points=6),
        points(WILLOW, self_points=10, district_points=8),
        points(REED, self_points=10),
    ]
    found = made(tmp_path, {"assessments": given}, HALL)
    assert scores(found) == {REED: Decimal(100), WILLOW: Decimal(80), PINE: Decimal(60), QUAY: None}
    said = {unit: [(leaf.value, leaf.giver) for leaf in found.leaves(unit)] for unit in (PINE, WILLOW, REED, QUAY)}
    assert said == {PINE: [(6, "city")], WILLOW: [(8, "district")], REED: [(10, "own")], QUAY: [(None, "")]}


def test_points_of_the_quarter_go_before_those_of_the_year(tmp_path: Path) -> None:
    given = [
        points(PINE, "2026", city_points=2),
        points(PINE, "2026Q3", city_points=9),
        points(WILLOW, "2026", city_points=4),
        points(REED, "2026Q2", city_points=5),
    ]
    assert scores(made(tmp_path, {"assessments": given}, HALL)) == {
        PINE: Decimal(90), WILLOW: Decimal(40), REED: None, QUAY: None,
    }  # fmt: skip


def test_a_merged_away_communitys_points_are_its_successors_unless_that_has_its_own(tmp_path: Path) -> None:
    gone = [
        region(f"99010100100{at}", "community", HILL, labour_force=9, valid_to=date(2026, 8, 1), successor_code=heir)
        for at, heir in ((3, WILLOW), (4, PINE))
    ]
    given = [
        points("990101001003", city_points=3), points("990101001004", city_points=4), points(PINE, city_points=7),
    ]  # fmt: skip
    found = made(tmp_path, {"regions": [*TREE, *gone], "assessments": given}, HALL)
    assert scores(found) == {PINE: Decimal(70), WILLOW: Decimal(30), REED: None, QUAY: None}


def test_streets_and_districts_add_up_their_communities(tmp_path: Path) -> None:
    posts = [post(PINE, 50), post(WILLOW, 10), post(REED, 38)]
    streets = made(tmp_path / "s", {"posts": posts}, level="street")
    assert scores(streets) == {LAKE: Decimal(95), HILL: Decimal(40), "990102001000": Decimal(0)}
    assert {unit.code: unit.labour_force for unit in streets.units}[HILL] == 1500
    districts = made(tmp_path / "d", {"posts": posts}, level="district")
    assert scores(districts)[NORTH] == Decimal("51.58")  # 98 ÷ 1,900


def test_a_streets_manual_points_are_its_communities_mean_and_a_communitys_veto_is_not_its_streets(
    tmp_path: Path,
) -> None:
    given = [
        points(PINE, city_points=9),
        points(WILLOW, self_points=4),
        points(REED, city_points=5),
        points(REED, item="veto", remark="x"),
    ]
    found = made(tmp_path, {"assessments": given}, HALL, level="street")
    assert scores(found) == {HILL: Decimal(65), LAKE: Decimal(50), "990102001000": None}
    assert [leaf.giver for unit in (HILL, LAKE) for leaf in found.leaves(unit)] == ["mixed", "city"]


def test_rates_that_ripen_take_what_ends_in_the_period(tmp_path: Path) -> None:
    households = [
        {
            "household_no": "1",
            "community_code": PINE,
            "identified_on": date(2026, 6, 20),
            "cleared_on": date(2026, 7, 1),
        },
        {"household_no": "2", "community_code": PINE, "identified_on": date(2026, 6, 25)},
        {
            "household_no": "3",
            "community_code": PINE,
            "identified_on": date(2026, 9, 20),
            "cleared_on": date(2026, 9, 21),
        },
    ]
    text = POSTS.replace("posts_developed", "zero_households_cleared_20d").replace("per_1000_labour_force = true\n", "")
    found = made(tmp_path, {"zero_households": households}, text)
    # Day 20 of the first two lies in the third quarter, that of the last does not.
    assert scores(found) == {PINE: Decimal(50), WILLOW: None, REED: None, QUAY: None}


def test_a_region_lists_its_own_units_while_all_stay_peers(tmp_path: Path) -> None:
    found = made(tmp_path, {"posts": [post(PINE, 50), post(QUAY, 80)]}, region="990101001")
    assert [(unit.code, unit.rank) for unit in found.units] == [(PINE, 2), (WILLOW, 3)]
    with pytest.raises(QuestionError):
        made(tmp_path / "none", {}, region="123456")


def test_without_a_standard_the_one_in_force_holds(tmp_path: Path) -> None:
    opened = build(tmp_path, {"posts": [post(PINE, 50)]})
    found = ranking(opened, quarter())
    assert found.standard == standard_of_city(opened, quarter())
    assert found.period == "2026Q3"
    assert {unit.code for unit in found.units} == {PINE, WILLOW, REED, QUAY}
