"""What an editor should look at twice is said of the node that it is about."""

import numpy as np
import pytest

from dashboard.ranking.diagnosis import Diagnosis, diagnose, shape
from dashboard.ranking.ranking import rank_table
from tests.dashboard.ranking.tables import GOALPOSTS, NAN, flat, indicator, table

EVEN = [float(number) for number in range(0, 100, 5)]
COUNT = len(EVEN)
DICE = np.random.default_rng(3).uniform(20, 80, COUNT).tolist()


def said(columns: dict[str, list[float]], *leaves: str, labour_force: list[float] | None = None) -> Diagnosis:
    return diagnose(rank_table(table(columns, labour_force), flat(*leaves), draws=0))


def codes(found: Diagnosis) -> set[tuple[str, str]]:
    return {(warned.path, warned.code) for warned in found.warnings}


def test_a_sound_standard_has_nothing_to_look_at() -> None:
    found = said({"a": EVEN, "b": DICE}, indicator("a"), indicator("b"))
    assert (codes(found), found.units, found.available) == (set(), COUNT, {"a": COUNT, "b": COUNT})
    assert 0 < found.influence["b"] < found.influence["a"] < 100


def test_outliers_are_those_of_a_skewed_and_peaked_column() -> None:
    wild = [*DICE[:-1], 5_000.0]
    found = said({"a": wild, "b": EVEN}, indicator("a", keys='scale = { method = "rank" }'), indicator("b"))
    assert codes(found) == {("a", "outliers"), ("", "relative_scale")}


def test_columns_that_are_alike_opposed_or_the_same_everywhere() -> None:
    columns = {"a": EVEN, "b": [value * 0.9 + 1 for value in EVEN], "c": EVEN[::-1], "d": [7.0] * COUNT}
    found = said(columns, *(indicator(name) for name in columns))
    assert codes(found) == {("a", "correlation"), ("b", "correlation"), ("d", "zero_range")}
    assert "counted twice" in found.warnings[1].text.en


def test_goalposts_beyond_which_many_lie_and_values_that_few_have() -> None:
    tight = GOALPOSTS.replace("high = 100", "high = 50")
    columns = {"a": EVEN, "b": [*DICE[:15], *[NAN] * 5]}
    found = said(columns, indicator("a", 30, tight), indicator("b", 5), indicator("a", 30, tight))
    assert {("a", "capped"), ("b", "availability")} <= codes(found)


def test_one_criterion_above_half_and_one_that_weighs_nothing() -> None:
    found = said({"a": EVEN, "b": DICE, "c": DICE[::-1]}, indicator("a", 60), indicator("b", 40), indicator("c", 0))
    assert {("a", "dominant"), ("c", "no_weight")} <= codes(found)


def test_units_left_out_are_counted_by_reason() -> None:
    found = said({"a": EVEN}, indicator("a"), labour_force=[100.0, *[500.0] * (COUNT - 1)])
    assert ("", "eligibility") in codes(found)
    assert found.peers == COUNT - 1
    assert "labour_force 1" in found.warnings[-1].text.en


def test_skewness_and_kurtosis_are_the_corrected_ones() -> None:
    # DuckDB 2.0: skewness and kurtosis of 1, 2, …, 9 and 40.
    skew, kurtosis = shape(np.array([*range(1, 10), 40], dtype=np.float64))
    assert (skew, kurtosis) == pytest.approx((2.86104, 8.62497), abs=1e-3)
