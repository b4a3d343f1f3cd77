"""Goalposts are proposed from the 5th and 95th percentile of a year's quarters, and say where they come from."""

from datetime import date

import pytest

from dashboard.ranking.propose import Proposal, proposal_text, propose
from dashboard.ranking.ranking import rank_table
from dashboard.ranking.reading import parse_standard
from dashboard.ranking.standard import Indicator, Scale
from tests.dashboard.ranking.tables import NAN, flat, indicator, table

MINMAX = 'scale = { method = "minmax" }'
LOG = 'transform = "log"\nscale = { method = "rank" }'
RISING = [float(number) for number in range(101)]


def proposed(*quarters: dict[str, list[float]], keys: str = MINMAX) -> Proposal:
    standard = flat(*(indicator(name, keys=keys) for name in quarters[0]))
    ranked = [rank_table(table(each), standard, f"2025Q{at}", draws=0) for at, each in enumerate(quarters, 1)]
    return propose(ranked, date(2026, 1, 1))


def scales(proposal: Proposal) -> list[Scale]:
    return [leaf.measure.scale for leaf in proposal.standard.leaves if isinstance(leaf.measure, Indicator)]


def test_all_quarters_are_measured_together() -> None:
    found = proposed({"a": RISING[:51]}, {"a": RISING[51:]})
    assert scales(found) == [Scale("goalposts", 5.0, 95.0)]
    assert found.standard.valid_from == date(2026, 1, 1)
    first, second = found.comments["a"]
    assert first == "2025Q1, 2025Q2: 5th percentile 5, 95th 95, lowest 0, highest 100."
    assert second == "101 values of 101; 5 lie below low, 5 above high."


def test_goalposts_have_three_significant_digits() -> None:
    assert scales(proposed({"a": [value * 1.23456 for value in RISING]})) == [Scale("goalposts", 6.17, 117.0)]


def test_percentiles_that_are_alike_give_way_to_the_extremes() -> None:
    found = proposed({"a": [80.0, *[100.0] * 99]})
    assert scales(found) == [Scale("goalposts", 80.0, 100.0)]
    assert "percentiles are alike" in found.comments["a"][0]


@pytest.mark.parametrize(("column", "said"), [([7.0] * 9, "all alike"), ([NAN] * 9, "nothing was measured")])
def test_what_cannot_be_measured_keeps_its_scale(column: list[float], said: str) -> None:
    found = proposed({"a": column, "b": RISING[:9], "c": RISING[:9], "d": RISING[:9], "e": RISING[:9]})
    assert scales(found)[0] == Scale("minmax")
    assert said in found.comments["a"][0]


def test_a_logged_indicator_has_goalposts_above_nothing() -> None:
    [scale] = scales(proposed({"a": RISING}, keys=LOG))
    assert scale.low > 0


def test_manual_items_and_rules_stay_as_they_are_and_the_file_is_a_standard() -> None:
    rule = 'rule = { metric = "a", full = 10, bands = [[95, 10], [90, 5]] }\nweight = 1'
    standard = flat(indicator("a", keys=MINMAX), rule)
    found = propose([rank_table(table({"a": RISING}), standard, "2025Q1", draws=0)], date(2026, 1, 1))
    text = proposal_text(found, ["A proposal."])
    assert text.startswith("# A proposal.\n")
    assert "# 2025Q1: 5th percentile 5," in text
    assert parse_standard(text) == found.standard
    assert found.standard.leaves[1] == standard.leaves[1]
