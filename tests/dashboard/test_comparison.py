"""Set against the region above or its peers: brought to the same size where figures add up."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.comparison import beside
from dashboard.peers import standing
from dashboard.regions import read
from dashboard.selection import Comparison, Selection
from dashboard.text import Words
from dashboard.view import View
from tests.spec.rows import person, placed
from tests.worlds import HILL, LAKE, NORTH, PINE, REED, TREE, WILLOW, Row, build

LABOUR = {PINE: 1000, WILLOW: 500, REED: 2000}


def compared(folder: Path, region: str | None, compare: Comparison) -> View:
    """A city whose PINE placed four, WILLOW one, REED two of its people."""
    tree: list[Row] = [{**row, "labour_force": LABOUR.get(row["region_code"])} for row in TREE]
    where = [PINE] * 4 + [WILLOW] + [REED] * 2
    people = [person(f"R{at}", community_code=code) for at, code in enumerate(where)]
    jobs = [placed(f"P{at}", f"R{at}", "03-01", community_code=code) for at, code in enumerate(where)]
    made = build(folder, {"regions": tree, "persons": people, "placements": jobs}, date(2026, 9, 30))
    return View(Selection(region=region, compare=compare), made, read(made), Words("en"))


def test_what_adds_up_is_set_against_the_rate_of_the_region_above_at_ones_own_size(tmp_path: Path) -> None:
    [row] = compared(tmp_path, PINE, "parent").compared("placed")
    assert row["placed"] == pytest.approx(5 * 1000 / 1500)


def test_peers_are_a_median_of_the_others_at_ones_own_size(tmp_path: Path) -> None:
    [row] = compared(tmp_path, PINE, "peers").compared("placed")
    assert row["placed"] == pytest.approx(1 * 1000 / 500)


def test_regions_side_by_side_are_each_set_against_what_is_above_them_all(tmp_path: Path) -> None:
    view = compared(tmp_path, NORTH, "parent")
    rows = {row["region_code"]: row["placed"] for row in view.compared("placed", by=("street",))}
    assert rows[HILL] == pytest.approx(7 * 1500 / 3500)
    assert rows[LAKE] == pytest.approx(7 * 2000 / 3500)


def test_a_ratio_is_set_against_theirs_as_it_is(tmp_path: Path) -> None:
    view = compared(tmp_path, PINE, "parent")
    [row] = view.compared("unemployment_rate")
    [above] = view.ask("unemployment_rate", region=view.tree.find(HILL))
    assert row["unemployment_rate"] == above["unemployment_rate"]


def test_a_breakdown_is_compared_group_by_group(tmp_path: Path) -> None:
    view = compared(tmp_path, PINE, "parent")
    [row] = view.compared("placed", by=("channel",))
    assert (row["channel"], row["placed"]) == ("market", pytest.approx(5 * 1000 / 1500))


def test_the_city_has_nothing_above_it_and_no_peers(tmp_path: Path) -> None:
    view = compared(tmp_path, None, "parent")
    assert beside(view, ("placed",), (), view.region) == []


def test_a_place_among_peers_is_shared_on_ties_and_the_next_is_skipped() -> None:
    values = {"a": 9, "b": 7, "c": 7, "d": 3, "e": None}
    found = standing(values, "c", "+")
    assert found is not None
    assert (found.place, found.number, found.shared) == (2, 4, True)
    assert (found.low, found.quarter, found.median, found.three_quarters, found.high) == (3, 6, 7, 7.5, 9)
    last = standing(values, "d", "+")
    assert last is not None
    assert (last.place, last.shared) == (4, False)


def test_where_less_is_better_the_least_stands_first() -> None:
    found = standing({"a": 9, "b": 7, "c": 3}, "c", "-")
    assert found is not None
    assert (found.place, found.is_better_half, found.position(6.0)) == (1, True, 50.0)


def test_a_region_without_a_figure_has_no_place_and_one_alone_no_peers() -> None:
    found = standing({"a": 9, "b": 7, "c": None}, "c", "+")
    assert found is not None
    assert found.place is None
    assert standing({"a": 9, "b": None}, "a", "+") is None
