"""The interval of one unit is the one that it has in the funnel of all."""

import pytest

from dashboard.drawings.ranked import ranking_of
from dashboard.period import named_period
from dashboard.ranking.rates import PER, funnel_of, interval_in, kind_of
from dashboard.selection import Selection
from dashboard.view import View


@pytest.mark.parametrize("level", ["street", "community"])
def test_a_unit_has_the_same_interval_alone_and_in_the_funnel(city: View, level: str) -> None:
    period = named_period("2026Q2")
    view = View(Selection(period=period, level=level), city.build, city.tree, city.words)
    leaves, found = ranking_of(view).standard.leaves, set()
    for leaf in leaves:
        chance = funnel_of(view.build, leaf, level, view.period)
        assert chance is None or chance.kind == kind_of(leaf)
        units = [unit.code for unit in ranking_of(view).units]
        for unit in [*units[:20], "000000000000"]:
            peer = next((each for each in chance.peers if each.unit == unit), None) if chance else None
            expected = chance.interval(peer) if chance and peer else None
            own = interval_in(view.build, leaf, level, view.period, unit=unit)
            assert (own is None) == (expected is None)
            if own and expected and chance:
                found.add(chance.kind)
                times = PER[chance.kind]
                assert (own.low, own.high) == pytest.approx((expected.low * times, expected.high * times))
    assert found == {"proportion", "rate"}
