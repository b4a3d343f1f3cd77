"""The season: what a figure that adds up will come to, by the years before."""

from math import log, sqrt

import pytest

from dashboard.season import Season, Year, by_rest, by_share, season_of, widened, wrong_by

SPRING = Season(0.25, 1.0)


def test_without_history_the_pace_of_the_days_goes_on() -> None:
    assert SPRING.expected(30, {}) == 120
    assert Season(0.0, 1.0).expected(0, {}) == 0


def test_the_season_of_earlier_years_says_what_is_left() -> None:
    assert SPRING.expected(30, {2024: Year(20, 100), 2025: Year(40, 200)}) == pytest.approx(150)


def test_the_season_is_that_of_the_last_three_years() -> None:
    earlier = {2022: Year(90, 100)} | {year: Year(50, 100) for year in (2023, 2024, 2025)}
    assert by_share(50, earlier, 0.5) == pytest.approx(100)


def test_one_earlier_year_is_believed_half_way() -> None:
    assert Season(0.4, 1.0).expected(30, {2025: Year(20, 100)}) == pytest.approx(30 / 0.3)


def test_what_cannot_fall_is_never_forecast_below_what_it_is() -> None:
    assert SPRING.expected(30, {2025: Year(100, 100), 2024: Year(100, 100)}) == 30


def test_last_years_rest_grows_as_the_year_has_the_more_so_the_later_it_is() -> None:
    known = {2025: Year(60, 100)}
    assert by_rest(120, known, 0.5) == pytest.approx(120 + 40 * 2**0.75)
    assert by_rest(120, known, 0.0) == pytest.approx(120 + 40 * sqrt(2))


def test_where_nothing_was_ever_done_by_this_day_last_years_rest_is_still_to_come() -> None:
    assert by_share(0, {2025: Year(0, 12)}, 0.1) == 12


def test_with_little_history_the_season_alone_until_july_then_both_alike() -> None:
    assert season_of([{2025: Year(1, 2)}], 0.4).weight == 1
    assert season_of([{2025: Year(1, 2)}], 0.6).weight == 0.5


def test_the_rule_that_was_less_wrong_weighs_more_drawn_half_way_to_equal() -> None:
    # The shares are the same every year, the rest is not: the season was never wrong.
    steady = {2021 + n: Year(50 * size, 100 * size) for n, size in enumerate((1, 2, 1, 3, 2))}
    assert season_of([steady], 0.5).weight == pytest.approx(0.75)
    assert season_of([{2024: Year(5, 10), 2025: Year(5, 10)}] * 4, 0.4).weight == 1, "neither was ever wrong"


def test_siblings_years_count_towards_the_four() -> None:
    swaying = {2023: Year(50, 100), 2024: Year(50, 110), 2025: Year(50, 90)}
    assert season_of([swaying], 0.4).weight == 1
    assert season_of([swaying, swaying], 0.4).weight < 1


def test_an_error_is_that_of_the_forecast_that_would_have_been_made() -> None:
    earlier = {2024: Year(50, 100), 2025: Year(50, 110)}
    assert Season(0.5, 1.0).said_before(earlier) == {2025: 100}
    assert Season(0.5, 1.0).errors(earlier) == {2025: pytest.approx(log(1.1) / sqrt(2))}


def test_errors_are_put_as_of_a_season_known_for_certain() -> None:
    assert [widened(years) for years in (0, 1, 3, 8)] == pytest.approx([sqrt(2), sqrt(2), sqrt(4 / 3), sqrt(4 / 3)])
    found = wrong_by({2025: 100.0}, {2022: 90.0, 2023: 95.0, 2024: 100.0, 2025: 110.0})
    assert found == {2025: pytest.approx(log(1.1) / sqrt(4 / 3))}
