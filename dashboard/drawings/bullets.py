"""The bullets of one region: a row an indicator."""

from typing import Any

from dash import html

from dashboard.components.bullet import Bullet, bullet, legend
from dashboard.components.light import Div, Link, Span, Td, Th, Tr
from dashboard.components.marks import STATES, state_mark
from dashboard.drawings.goals import (
    chosen_indicator,
    done_said,
    due_by_now,
    forecast_said,
    indicators_of,
    interval_said,
    issued_targets,
    last_years,
    rounded,
    titled,
)
from dashboard.drawings.target_rows import state_reading, target_table
from dashboard.panel import Drawing, Withheld
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.dimension import TOP
from dashboard.semantics.targets import Target
from dashboard.view import View


def bullets(view: View) -> Drawing:
    """One row an indicator: done against the target, the pace, last year, the forecast; the state in word and shape."""
    targets = issued_targets(view)
    if not targets:
        several = view.words.say("Each city has targets of its own; all of them together have none.")
        raise Withheld("no_rows", several if view.region.level == TOP else "")
    earlier = last_years(view, indicators_of(targets))
    words = view.words
    heads = (
        (words.say("indicator"), ""), ("", "wide"), (words.say("actual"), "number"), (words.say("target"), "number"),
        (words.say("done"), "number"), (words.say("lead"), "number"), (words.say("forecast (80% interval)"), "number"),
        (words.say("state"), ""),
    )  # fmt: skip
    head = Tr([Th(label, scope="col", className=name) for label, name in heads])
    rows = [_bullet(view, target, earlier.get((view.region.code, target.indicator))) for target in targets]
    body = html.Table([html.Thead(head), html.Tbody(rows)], className="figure-table bullets stacked")
    return Drawing(
        state_reading(view, targets),
        target_table(view, targets),
        body=Div([legend(words), Div(body, className="table-room", tabIndex=0)]),
        height=60 + 38 * len(targets),
        metrics=tuple(dict.fromkeys(target.indicator for target in targets)),
    )


def _bullet(view: View, target: Target, earlier: float | None) -> html.Tr:
    words, unit = view.words, METRICS[target.indicator].unit
    chosen = target.indicator == chosen_indicator(view)
    cells = (
        (words.say("actual"), words.value(target.actual, unit), "number figure"),
        (words.say("target"), words.value(target.value, unit), "number"),
        (words.say("done"), done_said(view, target), "number"),
        (words.say("lead"), words.points(target.lead) if target.lead is not None else "", "number"),
    )
    outlook = [Span(forecast_said(view, target)), Span(interval_said(view, target), className="interval")]
    return Tr(
        [
            Th(Link(titled(view, target), href=view.drill("indicator", target.indicator)), scope="row"),
            Td(bullet_of(view, target, earlier), className="wide"),
            *(labelled_cell(label, said, name) for label, said, name in cells),
            labelled_cell(words.say("forecast"), outlook if target.forecast is not None else "", "number"),
            Td(state_mark(target.state, words), className="state-cell"),
        ],
        className="row-here" if chosen else "",
    )


def labelled_cell(label: str, said: Any, name: str = "") -> html.Td:
    """A cell that says what it is where the table is stacked on a phone; an empty one leaves no gap there."""
    data: dict[str, Any] = {"data-label": label}
    return Td(said, className=name if said else f"{name} blank", **data)


def bullet_of(view: View, target: Target, earlier: float | None) -> html.Div:
    """The bullet of a target."""
    words, unit = view.words, METRICS[target.indicator].unit
    due = due_by_now(target)
    parts = [words.say("{state}: {actual}, target {value}", **_said(view, target))]
    if due is not None:
        parts.append(words.say("due by now {value}", value=words.value(rounded(due, unit), unit)))
    if earlier is not None:
        parts.append(words.say("last year {value}", value=words.value(earlier, unit)))
    if target.forecast is not None:
        parts.append(words.say("by the year's end {value}", value=forecast_said(view, target)))
    return bullet(
        Bullet(
            target.value,
            target.actual,
            target.state,
            words.say("; ").join(parts),
            due,
            earlier,
            target.forecast_low,
            target.forecast_high,
            target.forecast,
        )
    )


def _said(view: View, target: Target) -> dict[str, str]:
    words, unit = view.words, METRICS[target.indicator].unit
    return {
        "state": words.say(STATES[target.state]),
        "actual": words.value(target.actual, unit),
        "value": words.value(target.value, unit),
    }
