"""The bridge from what was due to what was done, and the fan of what is still to come."""

import plotly.graph_objects as go
import pytest

from dashboard.figures.bars import Series
from dashboard.figures.bridge import Step, bridge
from dashboard.figures.curves import against_pace
from dashboard.figures.fan import Fan, with_fan
from dashboard.text import Axis

AXIS = Axis(1, "persons", 0)


def test_each_step_hangs_where_the_one_before_it_ended() -> None:
    steps = [Step("a", -30, "−30"), Step("b", -5, "−5"), Step("c", 10, "+10")]
    drawn = bridge(Step("due", 100, "100"), steps, Step("done", 75, "75"), AXIS)
    go.Figure(drawn)
    bars = drawn["data"][0]
    assert bars["base"][1:4] == [70, 65, 65]
    assert bars["x"][1:4] == [30, 5, 10]
    assert bars["base"][0] + bars["x"][0] / 2 == pytest.approx(100), "the ends are marks at their values"
    assert bars["base"][4] + bars["x"][4] / 2 == pytest.approx(75)


def test_a_bridge_without_a_gap_is_drawn_too() -> None:
    go.Figure(bridge(Step("due", 0, "0"), [Step("a", 0, "0")], Step("done", 0, "0"), AXIS))


def test_the_fan_lies_behind_the_year() -> None:
    names = ["1", "2", "3"]
    year = against_pace(names, Series("2026", [1, 2, None], ["1", "2", ""]), None, None, AXIS)
    fan = Fan(Series("expected", [None, 2, 4], ["", "2", "4"]), [None, 2, 3], [None, 2, 5], "80%")
    drawn = with_fan(year, names, fan, AXIS)
    go.Figure(drawn)
    assert [trace.get("name") for trace in drawn["data"]] == [None, "80%", "expected", "2026"]
    assert drawn["data"][1]["fill"] == "tonexty"
    assert len(year["data"]) == 1, "the curve itself is left as it was"
