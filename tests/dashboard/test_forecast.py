"""The year-end forecast: season, growth, spread, probability."""

from math import log

import pytest

from dashboard.forecast import Forecast, Year, cumulative, errors, expected, level


def test_without_history_the_pace_of_the_days_goes_on() -> None:
    assert expected(30, {}, 0.25) == 120


def test_the_season_of_earlier_years_says_what_is_left() -> None:
    earlier = {2024: Year(20, 100), 2025: Year(40, 200)}
    assert expected(30, earlier, 0.25) == pytest.approx(150)


def test_one_earlier_year_is_believed_half_way() -> None:
    assert expected(30, {2025: Year(20, 100)}, 0.4) == pytest.approx(30 / 0.3)


def test_from_july_on_last_years_rest_counts_as_much() -> None:
    earlier = {2024: Year(60, 100), 2025: Year(60, 100)}
    assert expected(60, earlier, 0.6) == pytest.approx(100)
    assert expected(120, earlier, 0.6) == pytest.approx((200 + 120 + 40 * 2**0.75) / 2)


def test_what_cannot_fall_is_never_forecast_below_what_it_is() -> None:
    assert expected(30, {2025: Year(100, 100), 2024: Year(100, 100)}, 0.3) == 30


def test_errors_are_those_that_the_rule_would_have_made() -> None:
    earlier = {2024: Year(50, 100), 2025: Year(50, 110)}
    assert errors(earlier, 0.5) == [pytest.approx(log(110 / expected(50, {2024: earlier[2024]}, 0.5)))]


def test_the_interval_holds_the_forecast_and_widens_with_the_errors() -> None:
    calm = cumulative(100, {2024: Year(50, 100), 2025: Year(50, 100)}, 0.5)
    rough = cumulative(100, {2024: Year(50, 100), 2025: Year(50, 140)}, 0.5)
    for forecast in (calm, rough):
        assert forecast.value is not None
        assert (forecast.low or 0) < forecast.value < (forecast.high or 0)
    assert (rough.high or 0) - (rough.low or 0) > (calm.high or 0) - (calm.low or 0)


def test_the_probability_is_that_of_reaching_the_target() -> None:
    forecast = cumulative(100, {2024: Year(50, 100), 2025: Year(50, 100)}, 0.5)
    assert forecast.probability(100, "+") == 1, "reached, and cannot fall"
    assert forecast.probability(200, "+") == pytest.approx(0.5, abs=0.02)
    likely, unlikely = forecast.probability(170, "+"), forecast.probability(300, "+")
    assert likely is not None
    assert unlikely is not None
    assert likely > 0.8
    assert 0.01 <= unlikely < 0.2


def test_small_counts_are_forecast_as_counts() -> None:
    forecast = cumulative(3, {}, 0.75)
    assert forecast.value == 4
    assert (forecast.low, forecast.high) == (3, 5)
    assert forecast.probability(4, "+") == pytest.approx(1 - 2.718281828**-1, abs=0.02)
    assert cumulative(0, {}, 0.5).probability(1, "+") == pytest.approx(0.01)


def test_a_level_stays_as_it_is_give_or_take_its_usual_change() -> None:
    forecast = level(100, [5, -5, 4, -4])
    assert forecast.value == 100
    assert (forecast.low or 0) < 95
    assert (forecast.high or 0) > 105
    assert forecast.probability(100, "-") == pytest.approx(0.5)
    assert (forecast.probability(90, "-") or 0) < 0.1
    assert level(10, []).low is not None


def test_no_forecast_says_nothing() -> None:
    nothing = Forecast()
    assert (nothing.low, nothing.high, nothing.probability(3, "+")) == (None, None, None)
