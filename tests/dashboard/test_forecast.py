"""The year-end forecast: spread, interval, probability."""

from math import log, sqrt

import pytest

from dashboard.forecast import POOLED, Forecast, final, spread_of, unknown_variance, variance, variance_of_sum


def flow(value: float, now: float, spread: float) -> Forecast:
    return Forecast(value, spread, POOLED - 1, now)


def test_the_interval_holds_the_forecast_and_widens_with_the_spread() -> None:
    calm, rough = flow(200, 100, 0.02), flow(200, 100, 0.1)
    for forecast in (calm, rough):
        assert (forecast.low or 0) < 200 < (forecast.high or 0)
    assert (rough.high or 0) - (rough.low or 0) > (calm.high or 0) - (calm.low or 0)
    assert flow(200, 199, 0.1).low == 199, "what adds up does not fall"


def test_the_probability_is_that_of_reaching_the_target() -> None:
    forecast = flow(200, 100, 0.05)
    assert forecast.probability(100, "+") == 1, "reached, and cannot fall"
    assert forecast.probability(200, "+") == pytest.approx(0.5)
    likely, unlikely = forecast.probability(180, "+"), forecast.probability(300, "+")
    assert likely is not None
    assert unlikely is not None
    assert likely > 0.9
    assert 0.01 <= unlikely < 0.02


def test_where_less_is_better_the_other_tail_counts() -> None:
    forecast = Forecast(3.0, 0.5, 3, 3.0, is_level=True)
    assert forecast.probability(3.0, "-") == pytest.approx(0.5)
    assert (forecast.probability(4.0, "-") or 0) > 0.85
    assert (forecast.probability(4.0, "+") or 1) < 0.15


def test_small_counts_are_forecast_as_counts() -> None:
    forecast = Forecast(4, 0.1, 3, 3)
    assert (forecast.low, forecast.high) == (3, 5)
    assert forecast.probability(4, "+") == pytest.approx(1 - 2.718281828**-1, abs=0.001)
    assert Forecast(0, 0.1, 3, 0).probability(1, "+") == pytest.approx(0.01)


def test_a_count_that_varied_more_than_chance_has_a_wider_interval() -> None:
    chance, more = Forecast(30, 0.05, 3, 10), Forecast(30, 0.5, 3, 10)
    assert ((more.high or 0) - (more.low or 0)) > ((chance.high or 0) - (chance.low or 0))


def test_on_the_last_day_nothing_is_open_any_more() -> None:
    forecast = final(99)
    assert (forecast.low, forecast.value, forecast.high) == (99, 99, 99)
    assert (forecast.probability(99, "+"), forecast.probability(100, "+")) == (1, 0)
    assert (forecast.probability(98, "-"), forecast.probability(99, "-")) == (0, 1)


def test_a_share_is_never_expected_above_a_hundred_nor_a_level_below_nothing() -> None:
    assert Forecast(97, 5, 3, 97, is_level=True, most=100).high == 100
    assert Forecast(1, 5, 3, 1, is_level=True).low == 0


def test_the_spread_pools_ones_own_errors_with_four_years_of_the_siblings() -> None:
    spread, degrees = spread_of([0.1, -0.2], 0.01)
    assert spread == pytest.approx(sqrt((0.01 + 0.04 + 4 * 0.01) / 6))
    assert degrees == 5
    assert variance([0.1, -0.1]) == pytest.approx(0.01)
    assert variance([]) is None


def test_what_districts_err_together_stays_in_their_sum_and_what_each_errs_alone_shrinks() -> None:
    together = variance_of_sum([{2024: 0.1, 2025: -0.1}, {2024: 0.1, 2025: -0.1}])
    alone = variance_of_sum([{2025: 0.1}, {2025: -0.1}] * 2)
    assert together == pytest.approx(0.01)
    assert alone == pytest.approx(0.01 * 4 / 3 / 4)
    assert variance_of_sum([{2025: 0.1}]) is None


def test_without_history_the_spread_narrows_as_the_year_goes_and_holds_the_chance_of_counts() -> None:
    assert unknown_variance(0.25) > unknown_variance(0.75) > unknown_variance(1.0) == 0
    assert unknown_variance(0.5, 100, 50) == pytest.approx(unknown_variance(0.5) + 50 / 100**2)


def test_no_forecast_says_nothing() -> None:
    nothing = Forecast()
    assert (nothing.low, nothing.high, nothing.probability(3, "+")) == (None, None, None)


def test_the_spread_of_what_adds_up_is_of_its_logarithm() -> None:
    forecast = flow(200, 0, 0.1)
    assert log((forecast.high or 0) / 200) == pytest.approx(-log((forecast.low or 0) / 200))
