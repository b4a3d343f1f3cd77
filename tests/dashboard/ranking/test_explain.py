"""What separates a unit from another sums to the difference of their scores."""

import pytest

from dashboard.ranking.explain import last_of_the_best, next_better, separation
from dashboard.ranking.ranking import rank_table
from tests.dashboard.ranking.tables import NAN, flat, indicator, table

FOUND = rank_table(
    table({"a": [90, 80, 80, 10, NAN], "b": [50, 60, 60, 10, NAN]}),
    flat(indicator("a", 75), indicator("b", 25)),
    draws=20,
    best=3,
)


def test_what_separates_a_unit_from_the_next_is_said_leaf_by_leaf() -> None:
    ahead = next_better(FOUND, "u1")
    assert ahead is not None
    apart = separation(FOUND, "u1", ahead)
    assert (ahead.code, [(leaf.name, points) for leaf, points in apart.points]) == ("u0", [("a", 7.5), ("b", -2.5)])
    assert apart.total == pytest.approx(5)


def test_the_next_better_place_may_be_shared_and_the_first_has_none() -> None:
    found = next_better(FOUND, "u3")
    assert found is not None
    assert (found.code, found.rank) == ("u1", 2)
    assert next_better(FOUND, "u0") is None
    assert next_better(FOUND, "u4") is None


def test_the_last_among_the_best_is_found_where_enough_are_ranked() -> None:
    found = last_of_the_best(FOUND)
    assert found is not None
    assert found.code == "u2"
    few = rank_table(table({"a": [1.0, 2.0]}), flat(indicator("a")), draws=20)
    assert last_of_the_best(few) is None
