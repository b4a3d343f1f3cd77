"""The workbench: weights moved to see the ranking change. Kept in the address, never saved, never official."""

from dataclasses import replace
from typing import Any, Final

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard import ids
from dashboard.components.grid import grid
from dashboard.components.marks import labelled
from dashboard.drawings.ranked import inside, moved, ranking_of, sentences
from dashboard.panel import Column, Drawing, Table
from dashboard.ranking.ranking import RankedUnit, Ranking
from dashboard.ranking.standard import Group
from dashboard.ranking.whatif import SEPARATOR, Weighed, reweighed, tried, weighed
from dashboard.selection import Selection
from dashboard.view import View

GRID_HEIGHT: Final = 430
STEP: Final = 1


def workbench(view: View) -> Drawing:
    """Sliders for the parts of the standard, and the ranks that would follow beside the official ones."""
    official, words = ranking_of(view), view.words
    weights = _weights(view, official)
    trial = tried(official, weights) if weights else official
    table = _table(view, official, trial)
    shown = replace(table, columns=table.columns[:-1])  # the official score stands in the table view
    result = grid(ids.panel_grid("ranking", "workbench"), shown, words, GRID_HEIGHT, here=view.region.code)
    tag = html.Span(words.say("not official"), className="tag")
    head: list[Any] = [tag, html.Span(words.say("A trial: nothing here is saved or published."), className="muted")]
    if weights:
        back = view.href(view.selection.but(weights=()))
        head.append(dcc.Link(words.say("Back to the official weights"), href=back, className="workbench-back"))
    body = html.Div(
        [
            html.Div(head, className="workbench-head"),
            html.Div([html.Div(_sliders(view, official, weights), className="sliders"), result], className="workbench"),
        ]
    )
    return Drawing(_reading(view, official, trial, weights), table, body=body, height=GRID_HEIGHT)


def _weights(view: View, official: Ranking) -> dict[str, float]:
    """The weights chosen in the address that the standard has a part for."""
    known = {node.path for node in weighed(official.standard)}
    return {path: float(weight) for path, weight in view.selection.weights if path in known}


def weight_chosen(view: View, path: str, value: Any) -> Selection:
    """The selection after a slider was moved; back at the standard's own weight nothing is kept."""
    node = next((node for node in weighed(ranking_of(view).standard) if node.path == path), None)
    if node is None or not isinstance(value, int | float):
        return view.selection
    weight = round(value)
    return view.selection.weighing(path, None if weight == round(node.weight) else weight)


def _sliders(view: View, official: Ranking, weights: dict[str, float]) -> list[Any]:
    now = {node.path: node for node in weighed(reweighed(official.standard, weights))}
    nodes = list(weighed(official.standard))
    tops = [node for node in nodes if not node.depth]
    return [_criterion(view, top, [node for node in nodes if _below(top, node)], now, weights) for top in tops]


def _below(top: Weighed, node: Weighed) -> bool:
    return node.path.startswith(top.path + SEPARATOR)


def _criterion(
    view: View, top: Weighed, below: list[Weighed], now: dict[str, Weighed], weights: dict[str, float]
) -> html.Div:
    slider = _slider(view, top, now[top.path], weights)
    if not isinstance(top.node, Group):
        return html.Div(slider, className="criterion")
    inner = [_slider(view, node, now[node.path], weights) for node in below]
    opened = any(node.path in weights for node in below)
    return html.Div(
        [
            slider,
            html.Details(
                [html.Summary(view.words.say("Weights within {name}", name=view.words.of(top.node.label))), *inner],
                open=opened,
            ),
        ],
        className="criterion",
    )


def _slider(view: View, official: Weighed, now: Weighed, weights: dict[str, float]) -> html.Div:
    words = view.words
    value = weights.get(official.path, round(official.weight))
    label = words.of(official.node.label)
    share = html.Span(words.say("counts {share}", share=words.value(now.share, "%")), className="muted")
    head = html.Div([html.Span(label, className="slider-label"), share], className="slider-head")
    slider = dmc.Slider(
        id=ids.weight(official.path),
        value=value,
        min=0,
        max=100,
        step=STEP,
        size="sm",
        marks=[{"value": round(official.weight)}],
        updatemode="mouseup",
        thumbLabel=words.say("Weight of {name}, percent of its siblings", name=label),
        persistence=False,
    )
    moved_too = "slider-moved " if official.path in weights else ""
    return html.Div(
        [head, slider], className=f"slider {moved_too}slider-depth-{min(official.depth, 3)}", **labelled(label)
    )


def _table(view: View, official: Ranking, trial: Ranking) -> Table:
    words = view.words
    before = {unit.code: unit for unit in official.units}
    rows = [_row(unit, before[unit.code]) for unit in inside(view, trial.units)]
    columns = (
        Column("rank", words.say("rank here"), "rank"),
        Column("moved", words.say("moved"), "short"),
        Column("name", words.say("unit")),
        Column("score", words.say("score here"), "score"),
        Column("official", words.say("official rank"), "rank"),
        Column("official_score", words.say("official score"), "score"),
    )
    return Table(columns, rows, ("code", "region"))


def _row(unit: RankedUnit, official: RankedUnit) -> dict[str, Any]:
    both = unit.rank is not None and official.rank is not None
    return {
        "code": unit.code,
        "name": unit.name,
        "rank": unit.rank,
        "moved": moved((official.rank or 0) - (unit.rank or 0) if both else None),
        "score": unit.score,
        "official": official.rank,
        "official_score": official.score,
    }


def _reading(view: View, official: Ranking, trial: Ranking, weights: dict[str, float]) -> str:
    words = view.words
    if not weights:
        return words.say("Move a weight: the ranks that would follow stand beside the official ones.")
    before = {unit.code: unit.rank for unit in official.units}
    ranked = [unit for unit in trial.units if unit.rank is not None]
    changed = [unit for unit in ranked if before[unit.code] != unit.rank]
    if not changed:
        return words.say("With these weights no rank changes; the official ranking stays as it is.")
    entered = [unit.name for unit in ranked if (unit.rank or 0) <= trial.best < (before[unit.code] or 0)]
    said = words.say(
        "With these weights {name} is first and {number} of {units} ranks change; the official ranking stays as it is.",
        name=ranked[0].name,
        number=words.number(len(changed)),
        units=words.number(len(ranked)),
    )
    new = words.say("New among the best ten: {names}.", names=words.listed(entered[:5])) if entered else ""
    return sentences(view, said, new)
