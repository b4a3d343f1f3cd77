"""Whether months rise or fall: worked examples, an independent library, and what must never be claimed."""

from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau, norm, wilcoxon

from dashboard.trend import UNTESTED, kendall, normal_p, seasonal_trend, signed_ranks, stock_trend

# J. Little, Holy Cross, "A Mann-Kendall example (by hand)": 72 pairs rise, 18 fall, one is tied.
BY_HAND = [12.9, 14.8, 13.2, 15.7, 13.8, 15.6, 12.9, 11.0, 17.3, 15.9, 19.0, 18.3, 20.1, 21.7]
# Kendall's variance for ties, with the groups of Gilbert 1987, section 16.4: two of 23, two of 24, three traces.
TIED = [23, 24, 0, 6, 0, 24, 0, 23]

small = st.lists(st.integers(0, 9).map(float), min_size=3, max_size=12)


def test_the_example_worked_by_hand_gives_its_published_score_and_z() -> None:
    score, variance = kendall(BY_HAND)
    assert score == 72 - 18
    assert variance == pytest.approx(14 * 13 * 33 / 18 - 2 * 1 * 9 / 18)
    assert (score - 1) / variance**0.5 == pytest.approx(2.9058, abs=5e-5)
    assert normal_p(score, variance) == pytest.approx(2 * 0.0018, abs=1e-4)


def test_ties_make_the_variance_smaller_by_their_groups() -> None:
    _, variance = kendall(TIED)
    assert variance == pytest.approx((8 * 7 * 21 - 2 * 1 * 9 - 2 * 1 * 9 - 3 * 2 * 11) / 18)


@given(small)
def test_score_and_variance_are_those_of_an_independent_library(values: list[float]) -> None:
    score, variance = kendall(values)
    if len(set(values)) == 1:
        assert (score, variance) == (0, 0)
        return
    other = kendalltau(range(len(values)), values, method="asymptotic").pvalue
    assert 2 * norm.sf(abs(score) / variance**0.5) == pytest.approx(other, rel=1e-9)


def test_signed_ranks_are_exact_as_in_an_independent_library() -> None:
    steps = [1.1, -0.4, 2.3, 3.2, -0.2, 4.5, 0.9, 5.1, -1.7, 2.9]
    score, p = signed_ranks(steps)
    assert p == pytest.approx(wilcoxon(steps, method="exact").pvalue)
    assert score == 55 - 2 * (2 + 1 + 5)


def test_tied_steps_share_their_mean_rank_and_all_patterns_of_signs_are_counted() -> None:
    ranks = (1.5, 1.5, 3.0)
    score, p = signed_ranks([2.0, 2.0, 5.0])
    assert score == 6.0
    totals = [sum(sign * rank for sign, rank in zip(signs, ranks, strict=True)) for signs in product((1, -1), repeat=3)]
    assert p == sum(abs(total) >= 6.0 for total in totals) / 8


def test_a_season_alone_is_no_trend_and_a_rise_under_a_season_is_found() -> None:
    season = [10.0, 4, 8, 12, 14, 13, 9, 8, 15, 16, 12, 22]
    assert seasonal_trend(season * 3).direction == "unclear"
    assert seasonal_trend([value + year for year in range(3) for value in season]).direction == "rising"
    assert seasonal_trend([value - year for year in range(2) for value in season]).direction == "falling"


def test_one_year_of_a_seasonal_figure_cannot_tell_however_steep_it_is() -> None:
    trend = seasonal_trend([float(month) for month in range(12)])
    assert (trend.direction, trend.p) == ("unclear", None)


def test_a_stock_that_keeps_rising_rises_and_one_that_wavers_cannot_be_told() -> None:
    assert stock_trend([100.0 + 3 * month + month % 2 for month in range(13)]).direction == "rising"
    assert stock_trend([100.0, 104, 99, 103, 98, 105, 101, 99, 104, 100, 102, 98, 101]).direction == "unclear"
    assert stock_trend([50.0] * 13).direction == "unclear"


def test_too_few_months_are_not_tested() -> None:
    assert stock_trend([1.0, 2, 3]).p is None
    assert seasonal_trend([]) == UNTESTED
    assert stock_trend([None] * 13).direction == "unclear"


def test_a_wandering_stock_is_called_a_trend_as_rarely_as_the_test_promises() -> None:
    """Chance alone makes the level of such a series look like a trend: the test of its changes is not deceived."""
    chance = Random(20260930)
    found = 0
    for _ in range(400):
        level, values = 100.0, []
        for _ in range(13):
            level += chance.gauss(0, 1)
            values.append(level)
        found += stock_trend(values).direction != "unclear"
    assert found / 400 < 0.08


@given(st.lists(st.none() | st.floats(-1e6, 1e6).map(lambda value: round(value, 2)), max_size=40))
def test_turning_the_sign_of_every_value_turns_the_trend(values: list[float | None]) -> None:
    turned = {"rising": "falling", "falling": "rising", "unclear": "unclear"}
    against = [None if value is None else -value for value in values]
    for test in (seasonal_trend, stock_trend):
        assert test(against).direction == turned[test(values).direction]
