"""Components that are made without Dash's checks are the same components."""

from typing import Any

import pytest
from dash import dcc, html

from dashboard.components import light
from dashboard.components.drawn import folded

KINDS = ("Div", "Li", "Span", "Td", "Th", "Tr")


@pytest.mark.parametrize("name", KINDS)
def test_a_light_component_is_what_dash_makes(name: str) -> None:
    props: dict[str, Any] = {"className": "a", "title": "b", "aria-hidden": "true", "data-label": "c"}
    ours, theirs = getattr(light, name), getattr(html, name)
    assert isinstance(ours("x"), theirs)
    for children in (None, "x", ["x", html.B("y")]):
        made, expected = ours(children, **props), theirs(children, **props)
        known, wanted = made.to_plotly_json(), expected.to_plotly_json()
        assert {part: value for part, value in wanted["props"].items() if value is not None} == known["props"]
        assert (known["type"], known["namespace"]) == (wanted["type"], wanted["namespace"])
        assert folded(made).tree == folded(expected).tree


def test_a_light_link_leads_where_a_link_leads() -> None:
    assert light.Link("x", href="/a").to_plotly_json() == dcc.Link("x", href="/a").to_plotly_json()


def test_an_attribute_that_does_not_exist_is_refused() -> None:
    with pytest.raises(TypeError, match="clasName"):
        light.Span("x", clasName="a")
