"""A bureau's own outlines: shapes that no other host is asked for, each with what a click on it chooses."""

from math import cos, radians

import plotly.graph_objects as go
import pytest

from dashboard.figures.theme import NO_FIGURE, shade_color, state_color
from dashboard.figures.tiles import Outline, outlined

RING = [(114.0, 30.0), (114.2, 30.0), (114.2, 30.1), (114.0, 30.0)]
NORTH = Outline("北区", "12 人", [RING], shade_color(4), ("region", "990102000000"), chosen=True)
ISLANDS = Outline("南区", "3 人", [RING, RING], shade_color(1), ("region", "990103000000"))


def test_every_region_is_one_closed_shape_and_one_label_that_drill() -> None:
    drawn = go.Figure(outlined([NORTH, ISLANDS])).to_dict()
    *shapes, labels = drawn["data"]
    assert {shape["type"] for shape in shapes} == {"scatter"}
    assert [shape["meta"] for shape in shapes] == [["region", "990102000000"], ["region", "990103000000"]]
    assert labels["customdata"] == [["region", "990102000000"], ["region", "990103000000"]]
    assert list(shapes[1]["x"]).count(None) == 2


def test_degrees_of_longitude_are_as_narrow_as_they_are_there() -> None:
    layout = outlined([NORTH])["layout"]
    assert layout["xaxis"]["scaleratio"] == pytest.approx(cos(radians(30.025)), abs=1e-4)


def test_five_shades_and_the_states_are_different_fills_and_no_figure_is_none_of_them() -> None:
    fills = [shade_color(shade) for shade in range(1, 6)] + [state_color(state) for state in ("met", "watch", "behind")]
    assert len(set(fills)) == 8
    assert NO_FIGURE not in fills
    assert shade_color(None) == state_color("missing") == NO_FIGURE
