"""Funnels: pooled middle, limits of chance, wider ones where the peers differ more, five places."""

from collections import Counter
from math import sqrt

import numpy as np
import pytest

from dashboard.ranking.funnel import Counted, Funnel, funnel
from dashboard.ranking.intervals import Z_95, Z_998, exact


def peers(*pairs: tuple[float, float]) -> list[Counted]:
    return [Counted(f"u{at}", count, of) for at, (count, of) in enumerate(pairs)]


def test_the_middle_is_the_pooled_rate_and_not_the_mean_of_rates() -> None:
    found = funnel(peers((1, 2), (10, 98)), "proportion")
    assert found is not None
    assert found.middle == pytest.approx(0.11)


def test_a_proportions_limits_are_normal_and_stay_between_none_and_all() -> None:
    plain = Funnel("proportion", (), 0.9)
    width = Z_95 * sqrt(0.9 * 0.1 / 400)
    assert (plain.limits(400, Z_95).low, plain.limits(400, Z_95).high) == pytest.approx((0.9 - width, 0.9 + width))
    assert plain.limits(4, Z_998).high == 1


@pytest.mark.parametrize("of", [500.0, 3_000.0, 40_000.0])
def test_a_rates_limits_are_where_the_exact_interval_reaches_the_middle(of: float) -> None:
    found = Funnel("rate", (), 0.02).limits(of, Z_95)
    assert exact(found.low * of).high / of == pytest.approx(0.02)
    assert exact(found.high * of).low / of == pytest.approx(0.02)


def test_where_fewer_events_could_be_chance_there_is_no_lower_limit() -> None:
    assert Funnel("rate", (), 0.02).limits(100, Z_95).low == 0


def test_a_peer_lies_within_outside_or_far_outside() -> None:
    found = Funnel("proportion", (), 0.5)
    shares = (0.5, 0.56, 0.7, 0.44, 0.3)
    assert [found.place(Counted("u", 400 * share, 400)) for share in shares] == [
        "within", "above", "far_above", "below", "far_below",
    ]  # fmt: skip


def spread(scatter: float) -> list[Counted]:
    """200 peers about 60 %, with `scatter` between them beside chance."""
    dice = np.random.default_rng(7)
    sizes = dice.integers(300, 5000, 200)
    shares = np.clip(0.6 + scatter * dice.normal(size=200), 0, 1)
    return peers(*zip(dice.binomial(sizes, shares).tolist(), sizes.tolist(), strict=True))


def test_peers_that_differ_by_chance_alone_keep_the_limits_of_chance() -> None:
    found = funnel(spread(0.0), "proportion")
    assert found is not None
    assert not found.widened
    outside = sum(found.place(peer) != "within" for peer in found.peers)
    assert found.expected_outside == 10
    assert outside < 20


def test_peers_that_differ_more_have_wider_limits_or_most_would_lie_outside() -> None:
    plain, wide = funnel(spread(0.1), "proportion", widen=False), funnel(spread(0.1), "proportion")
    assert plain is not None
    assert wide is not None
    assert wide.widened
    assert wide.spread > 10
    said = [Counter(each.place(peer) == "within" for peer in each.peers)[False] for each in (plain, wide)]
    assert said[0] > 140
    assert said[1] < 30


def test_few_peers_are_never_widened() -> None:
    found = funnel(spread(0.1)[:9], "proportion")
    assert found is not None
    assert not found.widened


def test_a_proportion_of_more_than_there_is_has_no_funnel() -> None:
    assert funnel(peers((3, 2), (1, 5)), "proportion") is None
    assert funnel(peers((0, 0)), "rate") is None


def test_a_peers_own_interval_is_in_the_units_of_its_rate() -> None:
    rate, share = funnel(peers((5, 1000)), "rate"), funnel(peers((81, 263)), "proportion")
    assert rate is not None
    assert share is not None
    of_rate, of_share = rate.interval(rate.peers[0]), share.interval(share.peers[0])
    assert of_rate is not None
    assert of_share is not None
    assert (of_rate.low, of_share.low) == pytest.approx((0.0016235, 0.25529), abs=1e-5)
