"""A unit's tier is given by the ranks between which it likely lies."""

import pytest

from dashboard.ranking.ranking import RankedUnit
from dashboard.ranking.tiers import tier_of, tiers


def unit(low: int | None, high: int | None) -> RankedUnit:
    return RankedUnit("u", "U", None, low, eligible=True, reasons=(), low=low, high=high)


@pytest.mark.parametrize(
    ("low", "high", "tier"),
    [(1, 3, "leading"), (1, 40, "leading"), (2, 10, "best"), (4, 11, "margin"), (10, 30, "margin"),
     (11, 90, "middle"), (70, 95, "middle"), (76, 90, "last")],
)  # fmt: skip
def test_the_interval_decides(low: int, high: int, tier: str) -> None:
    assert tier_of(unit(low, high), 100, 10) == tier


def test_where_no_more_are_ranked_than_the_best_there_is_no_margin() -> None:
    assert [tier_of(unit(low, low + 1), 4, 10) for low in (1, 2, 4)] == ["leading", "middle", "last"]


def test_a_unit_without_interval_has_no_tier() -> None:
    assert {tier: len(units) for tier, units in tiers([unit(None, None), unit(1, 1)], 50, 10).items()} == {
        "leading": 1, "best": 0, "margin": 0, "middle": 0, "last": 0,
    }  # fmt: skip
