"""Intervals come out as published (Newcombe 1998, Statistics in Medicine 17, table I; Garwood's Poisson limits)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.ranking.intervals import Interval, events, exact, wilson

counts = st.integers(0, 5_000)


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_intervals_are_those_of_newcombe(count: int, of: int, low: float, high: float) -> None:
    assert wilson(count, of) == Interval(pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@pytest.mark.parametrize(("count", "low", "high"), [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.6235, 11.668)])
def test_small_counts_have_exact_limits(count: int, low: float, high: float) -> None:
    found = events(count)
    assert found == exact(count)
    assert found == Interval(pytest.approx(low, abs=5e-4), pytest.approx(high, abs=5e-4))


def test_byars_limits_are_near_the_exact_ones_from_ten_on() -> None:
    byar, garwood = events(100), exact(100)
    assert byar is not None
    assert byar.low == pytest.approx(garwood.low, abs=0.01)
    assert byar.high == pytest.approx(garwood.high, abs=0.01)


def test_nothing_counted_or_more_than_there_was_has_no_interval() -> None:
    assert wilson(0, 0) is None
    assert wilson(4, 3) is None
    assert events(-1) is None


@given(counts, counts)
def test_an_interval_holds_its_share_and_lies_between_none_and_all(count: int, rest: int) -> None:
    found = wilson(count, count + rest)
    if count + rest == 0:
        assert found is None
        return
    assert found is not None
    assert -1e-12 <= found.low <= count / (count + rest) + 1e-12
    assert count / (count + rest) - 1e-12 <= found.high <= 1


@given(counts)
def test_a_counts_interval_holds_it(count: int) -> None:
    found = events(count)
    assert found is not None
    assert found.low <= count < found.high
