"""Weights are tried out in percent of their siblings; the ranking itself stays as it is."""

import pytest

from dashboard.ranking.ranking import rank_table
from dashboard.ranking.reading import parse_standard
from dashboard.ranking.whatif import reweighed, tried, weighed
from tests.dashboard.ranking.tables import flat, indicator, table

DEEP = parse_standard(
    """
name = "deep"
[tree]
[[tree.children]]
name = "x"
weight = 1
[[tree.children.children]]
indicator = "a"
weight = 3
scale = { method = "rank" }
[[tree.children.children]]
indicator = "b"
weight = 1
scale = { method = "rank" }
[[tree.children]]
indicator = "c"
weight = 1
scale = { method = "rank" }
"""
)


def test_each_node_has_its_weight_among_its_siblings_and_its_share_of_the_whole() -> None:
    assert [(node.path, node.weight, node.share) for node in weighed(DEEP)] == [
        ("x", 50, 50), ("x.a", 75, 37.5), ("x.b", 25, 12.5), ("c", 50, 50),
    ]  # fmt: skip


def test_a_moved_weight_changes_the_shares_of_its_siblings_alone() -> None:
    moved = {node.path: node.share for node in weighed(reweighed(DEEP, {"x.a": 25, "c": 150}))}
    assert moved == pytest.approx({"x": 25, "x.a": 12.5, "x.b": 12.5, "c": 75})


def test_unknown_paths_and_weights_that_would_leave_nothing_are_left_aside() -> None:
    assert reweighed(DEEP, {"y": 10}) == DEEP
    assert [node.share for node in weighed(reweighed(DEEP, {"x": 0, "c": 0}))] == [50, 37.5, 12.5, 50]


def test_the_ranking_under_other_weights_is_another_one_without_stability() -> None:
    official = rank_table(table({"a": [90, 10], "b": [10, 80]}), flat(indicator("a", 60), indicator("b", 40)), draws=20)
    other = tried(official, {"a": 10})
    assert [unit.code for unit in official.units] == ["u0", "u1"]
    assert [(unit.code, unit.low, unit.p_best) for unit in other.units] == [("u1", None, None), ("u0", None, None)]
    assert official.units[0].low == 1
