"""The heat table: regions down, indicators across, the state of each target in a word, a shape and a colour.

A click on an indicator's head orders the regions by it, those furthest behind first; the address keeps the choice.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dash import html

from dashboard.components.light import Link, Span, Td, Th, Tr
from dashboard.components.marks import HIDDEN, STATES
from dashboard.drawings.goals import indicators_of, targets_side_by_side
from dashboard.drawings.target_rows import state_reading, target_table
from dashboard.panel import Drawing, Withheld
from dashboard.regions import Region
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.targets import Target, adds_up
from dashboard.view import View

SORTED: Final[dict[str, Any]] = {"aria-sort": "ascending"}
Held = Mapping[tuple[str, str], Target]


def heat(view: View, path: str) -> Drawing:
    """Every cell is a link to its target on the page at `path`."""
    targets = targets_side_by_side(view)
    if not targets:
        raise Withheld("no_rows")
    words, shown = view.words, indicators_of(targets)
    held = {(target.region_code, target.indicator): target for target in targets}
    sorted_by = view.selection.indicator if view.selection.indicator in shown else None
    head = Tr([Th(words.say("region"), scope="col"), *(_head(view, name, sorted_by) for name in shown)])
    rows = [
        Tr(
            [
                Th(Link(region.name, href=view.drill("region", region.code)), scope="row"),
                *(_cell(view, held.get((region.code, name)), path) for name in shown),
            ],
            className="row-here" if region.code == view.region.code else "",
        )
        for region in _ordered(view.parts, held, sorted_by)
    ]
    table = html.Table([html.Thead(head), html.Tbody(rows)], className="figure-table matrix")
    return Drawing(
        state_reading(view, targets, regions=True),
        target_table(view, targets),
        body=html.Div(table, className="table-room", tabIndex=0),
        height=60 + 46 * len(rows),
        metrics=tuple(shown),
    )


def _ordered(regions: Sequence[Region], held: Held, indicator: str | None) -> list[Region]:
    """In the tree's order, or those furthest behind on the indicator first, those without a target last."""
    if indicator is None:
        return list(regions)
    return sorted(regions, key=lambda region: distance(held.get((region.code, indicator))))


def distance(target: Target | None) -> tuple[bool, float]:
    """How far a target is from being behind, for ordering: the smallest is furthest behind, the missing last."""
    if target is None or target.actual is None:
        return (True, 0.0)
    if target.lead is not None:
        return (False, target.lead)
    share = 100 * (target.actual - target.value) / target.value if target.value else 0.0
    return (False, -share if METRICS[target.indicator].direction == "-" else share)


def _head(view: View, name: str, sorted_by: str | None) -> html.Th:
    """The indicator's name: a click orders by it, a second one gives the tree's order back."""
    words, here = view.words, name == sorted_by
    target = view.selection.but(indicator=None if here else name)
    title = words.say("Back to the order of codes") if here else words.say("Those furthest behind first")
    link = Link(
        [words.of(METRICS[name].label), Span("▲" if here else "", className="sorted", **HIDDEN)],
        href=view.href(target), title=title,
    )  # fmt: skip
    return Th(link, scope="col", className="cell-head", **(SORTED if here else {}))


def _cell(view: View, target: Target | None, path: str) -> html.Td:
    """One state: shape and word, the figure, and in the tooltip the actual and the target."""
    words = view.words
    if target is None:
        return Td(words.say("no target"), className="cell cell-none muted")
    metric = METRICS[target.indicator]
    actual, state = words.value(target.actual, metric.unit), words.say(STATES[target.state])
    said = words.value(target.completion, "%") if adds_up(metric) and target.completion is not None else actual
    title = words.say(
        "{state}: {actual}, target {value}", state=state, actual=actual, value=words.value(target.value, metric.unit)
    )
    selection = view.selection.but(region=target.region_code, indicator=target.indicator)
    parts = [Span(said, className="cell-figure"), Span(state, className="cell-word")]
    link = Link(parts, href=view.href(selection, path), title=title, className=f"cell-link mark-{target.state}")
    return Td(link, className="cell")
