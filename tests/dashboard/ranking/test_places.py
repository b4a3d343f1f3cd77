"""Published scores round half up, and equal ones share a place."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dashboard.ranking.places import places, published, steps


def rounded(score: float, decimals: int = 2) -> Decimal:
    return published(int(steps(np.array([score]), decimals)[0]), decimals)


def test_halves_round_up_even_where_a_binary_float_falls_short_of_them() -> None:
    assert rounded(0.125) == Decimal("0.13")
    assert rounded(62.005) == Decimal("62.01")  # the float is 62.00500000000000255…
    assert rounded(1.005) == Decimal("1.01")  # the float is 1.00499999999999989…
    assert rounded(0.1 * 3 + 61.705) == Decimal("62.01")
    assert rounded(62.00499) == Decimal("62.00")
    assert rounded(99.995) == Decimal("100.00")
    assert rounded(2.5, 0) == Decimal(3)


def test_the_published_score_keeps_its_decimals() -> None:
    assert str(rounded(50.0)) == "50.00"
    assert str(rounded(50.0, 0)) == "50"


def test_ties_share_the_better_place_and_the_next_is_skipped() -> None:
    assert places(np.array([90, 80, 80, 70])).tolist() == [1, 2, 2, 4]
    assert places(np.array([70, 80, 90, 80])).tolist() == [4, 2, 1, 2]
    assert places(np.array([5, 5, 5])).tolist() == [1, 1, 1]
    assert places(np.array([], dtype=np.int64)).tolist() == []


def test_very_fine_scores_are_placed_alike() -> None:
    coarse = np.array([90, 80, 80, 70, 0])
    assert places(coarse * 1_000_000).tolist() == places(coarse).tolist()


@given(st.lists(st.integers(0, 10_000).map(lambda n: n / 100), min_size=1, max_size=40))
def test_a_place_is_one_more_than_the_number_of_better_ones(scores: list[float]) -> None:
    found = places(steps(np.array(scores), 2)).tolist()
    assert found == [1 + sum(other > score for other in scores) for score in scores]


@given(st.decimals(0, 100, places=3))
def test_three_decimals_round_as_decimal_arithmetic_does(score: Decimal) -> None:
    assert rounded(float(score)) == score.quantize(Decimal("0.01"), ROUND_HALF_UP)
