"""Each scale by hand, and what all scales have in common."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.ranking.scale import Floats, scaled, transformed
from dashboard.ranking.standard import Direction, Indicator, Manual, Measure, Rule, Scale, Transform

NAN = math.nan
GOALPOSTS = Scale("goalposts", 10, 20)
MINMAX, ZSCORE, RANK = Scale("minmax"), Scale("zscore"), Scale("rank")
WINSORISED = Scale("minmax", winsorise=(0.05, 0.95))


def on(
    scale: Scale, values: list[float], direction: Direction = "+", transform: Transform = "none", floor: float = 0
) -> list[float]:
    return points(Indicator("x", direction, scale, transform), values, floor)


def points(measure: Measure, values: list[float], floor: float = 0) -> list[float]:
    array: Floats = np.array(values, dtype=np.float64)
    return scaled(measure, transformed(measure, array), floor).tolist()


def test_goalposts_are_capped_at_both_ends() -> None:
    assert on(GOALPOSTS, [5, 10, 12.5, 20, 99]) == [0, 0, 25, 100, 100]
    assert on(GOALPOSTS, [5, 10, 12.5, 20, 99], "-") == [100, 100, 75, 0, 0]


def test_minmax_spans_the_peers() -> None:
    assert on(MINMAX, [3, 1, 5]) == [50, 0, 100]
    assert on(MINMAX, [3, 1, 5], "-") == [50, 100, 0]


def test_a_scale_that_cannot_tell_the_peers_apart_gives_all_fifty() -> None:
    assert on(MINMAX, [7, 7, 7]) == [50, 50, 50]
    assert on(WINSORISED, [7, 7, 7], "-") == [50, 50, 50]
    assert on(ZSCORE, [0.1, 0.1, 0.1]) == [50, 50, 50]
    assert on(MINMAX, [7]) == on(ZSCORE, [7]) == on(RANK, [7]) == [50]


def test_winsorising_interpolates_between_order_statistics() -> None:
    # Of 0 … 10 and 1000, type 7: the 5th percentile lies at 0.05 × 11 = 0.55, the 95th at 10.45: 10 + 0.45 × 990.
    values = [float(value) for value in range(11)] + [1000.0]
    low, high = 0.55, 10 + 0.45 * 990
    found = on(WINSORISED, values)
    assert found[0] == 0
    assert found[-1] == 100
    assert found[5] == pytest.approx(100 * (5 - low) / (high - low), abs=1e-12)
    assert on(WINSORISED, values, "-")[5] == pytest.approx(100 * (high - 5) / (high - low), abs=1e-12)


def test_zscores_use_the_sample_deviation_and_are_capped() -> None:
    # Mean 2, deviation 1 (n − 1).
    assert on(ZSCORE, [1, 2, 3]) == pytest.approx([40, 50, 60])
    assert on(ZSCORE, [1, 2, 3], "-") == pytest.approx([60, 50, 40])
    # One of n that stands apart lies (n − 1) / √n deviations away.
    assert on(ZSCORE, [0.0] * 15 + [1e6])[-1] == pytest.approx(50 + 10 * 15 / 4)
    assert on(ZSCORE, [0.0] * 999 + [1e6])[-1] == 100


def test_ranks_give_ties_the_better_rank() -> None:
    # Places 1, 2, 2, 4 of 4.
    assert on(RANK, [9, 5, 5, 1]) == pytest.approx([100, 200 / 3, 200 / 3, 0])
    assert on(RANK, [9, 5, 5, 1], "-") == pytest.approx([0, 200 / 3, 200 / 3, 100])


def test_missing_values_stay_missing_and_are_nobodys_peers() -> None:
    for scale in (GOALPOSTS, MINMAX, ZSCORE, RANK):
        found = on(scale, [1, NAN, 3])
        assert math.isnan(found[1])
        assert [found[0], found[2]] == on(scale, [1, 3])
    assert math.isnan(on(MINMAX, [NAN])[0])


def test_the_logarithms_base_does_not_matter() -> None:
    # 10, 100, 1000 are equal steps in any base.
    assert on(MINMAX, [10, 100, 1000], transform="log") == pytest.approx([0, 50, 100])
    assert on(Scale("goalposts", 10, 1000), [10, 100, 1000, 5000], transform="log") == pytest.approx([0, 50, 100, 100])
    decades = [math.log10(value) for value in (12.0, 340.0, 56.0)]
    assert on(ZSCORE, [12, 340, 56], transform="log") == pytest.approx(on(ZSCORE, decades))


def test_what_has_no_logarithm_is_missing_but_goalposts_cap_it_first() -> None:
    assert math.isnan(on(MINMAX, [0, 10, 1000], transform="log")[0])
    assert on(Scale("goalposts", 10, 1000), [0, -5], transform="log") == [0, 0]
    assert on(Scale("goalposts", 10, 1000), [0], "-", "log") == [100]


def test_below_a_geometric_mean_a_scale_begins_at_one() -> None:
    assert on(MINMAX, [0, 5, 10], floor=1) == [1, 50.5, 100]
    assert on(ZSCORE, [0.0] * 999 + [-1e6], floor=1)[-1] == 1
    assert points(Manual("hall", 5), [0, 5], floor=1) == [1, 100]


def test_bands_give_the_points_of_the_highest_that_is_reached() -> None:
    rule = Rule("x", 10, bands=((95, 10), (90, 5)), cap=10)
    assert points(rule, [100, 95, 94.9, 90, 89.99, 0]) == [100, 100, 50, 50, 0, 0]
    assert points(rule, [100 * 0.95 - 1e-13])[0] == 100


def test_bands_of_what_should_be_little_are_reached_from_above() -> None:
    rule = Rule("x", 10, bands=((3, 10), (5, 6)), direction="-", cap=10)
    assert points(rule, [2, 3, 4, 5, 5.1]) == [100, 100, 60, 60, 0]


def test_points_per_unit_stop_at_the_cap_and_deductions_at_the_floor() -> None:
    assert points(Rule("x", 10, per_unit=1, cap=10), [0, 3, 10, 25]) == [0, 30, 100, 100]
    assert points(Rule("x", 10, per_unit=1, cap=8), [25]) == [80]
    assert points(Rule("x", 10, deduct_per_unit=0.5, cap=10), [0, 3, 20, 99]) == [100, 85, 0, 0]
    assert points(Rule("x", 10, deduct_per_unit=0.5, cap=10, floor=2), [99]) == [20]
    assert math.isnan(points(Rule("x", 10, per_unit=1, cap=10), [NAN])[0])


def test_manual_points_beyond_the_full_mark_or_below_nothing_are_capped() -> None:
    assert points(Manual("hall", 5), [-1, 0, 2.5, 5, 6]) == [0, 0, 50, 100, 100]


NUMBERS = st.lists(st.floats(-1e6, 1e6).map(lambda x: round(x, 3)), min_size=1, max_size=30)


@given(NUMBERS, st.sampled_from([GOALPOSTS, MINMAX, WINSORISED, ZSCORE, RANK]), st.sampled_from(["+", "-"]))
def test_every_scale_keeps_the_order_and_stays_between_0_and_100(
    values: list[float], scale: Scale, way: Direction
) -> None:
    found = on(scale, values, way)
    assert all(0 <= score <= 100 for score in found)
    for one, other in pairwise(values):
        first, second = found[values.index(one)], found[values.index(other)]
        if one < other:
            assert first <= second + 1e-9 if way == "+" else first >= second - 1e-9


@given(NUMBERS)
def test_turning_the_direction_mirrors_minmax(values: list[float]) -> None:
    up, down = on(WINSORISED, values), on(WINSORISED, values, "-")
    assert [one + other for one, other in zip(up, down, strict=True)] == pytest.approx([100] * len(values))
