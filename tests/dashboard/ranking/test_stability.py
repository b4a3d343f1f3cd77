"""The draws say how sure a place is, the same every time."""

import numpy as np
import pytest

from dashboard.ranking.ranking import Ranking, rank_table
from dashboard.ranking.score import patterns
from tests.dashboard.ranking.tables import NAN, flat, indicator, table

MINMAX = 'scale = { method = "minmax" }'
BOTH = flat(indicator("a", keys=MINMAX), indicator("b", keys=MINMAX))


def drawn(columns: dict[str, list[float]], period: str = "2026Q3", best: int = 2) -> Ranking:
    return rank_table(table(columns), BOTH, period, best=best)


def test_a_unit_that_leads_in_everything_leads_in_every_draw() -> None:
    first, *_, last = drawn({"a": [9, 5, 4, 1], "b": [9, 4, 5, 1]}).units
    assert (first.code, first.low, first.high, first.p_best) == ("u0", 1, 1, 1.0)
    assert (last.code, last.low, last.high, last.p_best) == ("u3", 4, 4, 0.0)


def test_two_that_only_the_weights_tell_apart_change_places() -> None:
    found = drawn({"a": [10, 8, 1], "b": [8, 10, 1]}, best=1).units
    assert {unit.rank for unit in found} == {1, 3}
    middle = [unit for unit in found if unit.rank == 1]
    assert all(0.3 < (unit.p_best or 0) < 0.7 for unit in middle)
    assert all((unit.low, unit.unclear) == (1, True) for unit in middle)


def test_the_same_period_draws_the_same_and_another_differently() -> None:
    random = np.random.default_rng(7)
    columns = {name: random.random(60).tolist() for name in "ab"}
    once, again, other = drawn(columns), drawn(columns), drawn(columns, "2026Q2")
    assert once.units == again.units
    assert once.stability.high.tolist() != other.stability.high.tolist()
    assert once.scores.totals.tolist() == other.scores.totals.tolist()


def test_intervals_are_whole_places_around_what_the_draws_gave() -> None:
    random = np.random.default_rng(7)
    found = drawn({name: random.random(60).tolist() for name in "ab"})
    assert (found.stability.low >= 1).all()
    assert (found.stability.high <= 60).all()
    assert (found.stability.low <= found.stability.high).all()
    assert found.stability.p_best.sum() == pytest.approx(2, abs=0.1)


def test_rules_keep_their_scale_so_that_one_leaf_alone_never_changes() -> None:
    rule = 'rule = { metric = "a", full = 10, bands = [[90, 10], [50, 5]] }\nweight = 1'
    found = rank_table(table({"a": [95, 60, 55, 1]}), flat(rule))
    assert [(unit.rank, unit.low, unit.high) for unit in found.units] == [(1, 1, 1), (2, 2, 2), (2, 2, 2), (4, 4, 4)]


def test_units_with_different_gaps_are_drawn_together() -> None:
    found = drawn({"a": [9, NAN, 1, 5], "b": [9, 5, NAN, 1]})
    assert [unit.eligible for unit in found.units] == [True, True, False, False]
    lenient = flat(indicator("a"), indicator("b"), head="eligibility = { weight_present_min = 0 }")
    units = {unit.code: unit for unit in rank_table(table({"a": [90, NAN, 10], "b": [90, 50, NAN]}), lenient).units}
    assert [(units[name].rank, units[name].low) for name in ("u0", "u1", "u2")] == [(1, 1), (2, 2), (3, 2)]


def test_patterns_group_units_by_what_they_have() -> None:
    present = np.array([[True, True], [False, True], [True, True]])
    found = {tuple(group.present.tolist()): group.units.tolist() for group in patterns(present)}
    assert found == {(True, True): [0, 2], (False, True): [1]}
    assert patterns(np.zeros((0, 2), dtype=np.bool_)) == []
