"""Targets drawn: the bullets of one region, and the matrix of regions by indicators."""

from collections.abc import Iterable, Sequence
from typing import Any

from dash import dcc, html

from dashboard.components.marks import STATES, state_mark
from dashboard.components.number_card import progress
from dashboard.panel import Column, Drawing, Table, Withheld
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.targets import Target, adds_up
from dashboard.view import View
from etl.tables.targets import TARGETS

ISSUER = TARGETS.column("issuer")


def indicators_of(targets: Sequence[Target]) -> list[str]:
    """The indicators that have a target: those that grow over the year first, else in the order of the catalogue."""
    held = {target.indicator for target in targets}
    return sorted((name for name in METRICS if name in held), key=lambda name: not adds_up(METRICS[name]))


def one_issuer(targets: Iterable[Target]) -> list[Target]:
    """One target a region and indicator: where several were issued, the city's."""
    ordered = sorted(targets, key=lambda target: target.issuer == "city")
    return list({(target.region_code, target.indicator): target for target in ordered}.values())


def own_targets(view: View) -> list[Target]:
    """The target of each indicator for the region in view."""
    found = one_issuer(target for target in view.targets() if target.region_code == view.region.code)
    held = {target.indicator: target for target in found}
    return [held[name] for name in indicators_of(found)]


def issued_targets(view: View) -> list[Target]:
    """Every target of the region in view, each issuer's beside the others; the city's first."""
    found = [target for target in view.targets() if target.region_code == view.region.code]
    order = {name: place for place, name in enumerate(indicators_of(found))}
    return sorted(found, key=lambda target: (order[target.indicator], target.issuer != "city", target.issuer))


def chosen_indicator(view: View) -> str:
    """The indicator that the reader chose, else the persons placed, else the first that has a target here."""
    if view.selection.indicator in METRICS:
        return view.selection.indicator or ""
    held = indicators_of(own_targets(view))
    return "placed" if "placed" in held or not held else held[0]


def bullets(view: View) -> Drawing:
    """One row an indicator: done against the target, the pace as a tick, the state in a word and a shape."""
    targets = issued_targets(view)
    if not targets:
        raise Withheld("no_rows")
    words = view.words
    heads = [
        (words.say("indicator"), ""),
        ("", "wide"),
        (words.say("actual"), "number"),
        (words.say("target"), "number"),
        (words.say("done"), "number"),
        (words.say("lead"), "number"),
        (words.say("needed a week"), "number"),
        (words.say("state"), ""),
    ]
    head = html.Tr([html.Th(label, scope="col", className=name) for label, name in heads])
    body = html.Table(
        [html.Thead(head), html.Tbody([_bullet(view, target) for target in targets])], className="figure-table bullets"
    )
    return Drawing(
        _state_reading(view, targets),
        target_table(view, targets),
        body=html.Div(body, className="table-room"),
        height=60 + 38 * len(targets),
        metrics=tuple(target.indicator for target in targets),
    )


def _bullet(view: View, target: Target) -> html.Tr:
    words, metric = view.words, METRICS[target.indicator]
    bar: Any = html.Span(words.say("at a day: no pace"), className="muted")
    if target.completion is not None and target.time_elapsed is not None:
        bar = progress(float(target.completion), float(target.time_elapsed), target.state, words)
    chosen = target.indicator == chosen_indicator(view)
    return html.Tr(
        [
            html.Th(dcc.Link(_title(view, target), href=view.drill("indicator", target.indicator)), scope="row"),
            html.Td(bar, className="wide"),
            html.Td(words.value(target.actual, metric.unit), className="number figure"),
            html.Td(words.value(target.value, metric.unit), className="number"),
            html.Td(_done(view, target), className="number"),
            html.Td(words.points(float(target.lead)) if target.lead is not None else "", className="number"),
            html.Td(_needed(view, target), className="number"),
            html.Td(state_mark(target.state, words)),
        ],
        className="row-here" if chosen else "",
    )


def _title(view: View, target: Target) -> str:
    """The indicator, with the issuer where that is not the city: each is shown against its own value."""
    label = view.words.of(METRICS[target.indicator].label)
    if target.issuer == "city":
        return label
    return view.words.say("{indicator} ({issuer})", indicator=label, issuer=_issuer(view, target))


def _issuer(view: View, target: Target) -> str:
    return view.words.of(next(choice for choice in ISSUER.choices if choice.value == target.issuer))


def _done(view: View, target: Target) -> str:
    """The completion; where less is better it would say nothing."""
    if target.completion is None or METRICS[target.indicator].direction == "-":
        return ""
    return view.words.value(target.completion, "%")


def _needed(view: View, target: Target) -> str:
    """What each week left must bring; a figure of one day has no pace."""
    needed = target.needed_per_week if adds_up(METRICS[target.indicator]) else None
    return (
        ""
        if needed is None or float(needed) <= 0
        else view.words.value(round(float(needed), 1), METRICS[target.indicator].unit)
    )


def matrix(view: View, path: str) -> Drawing:
    """Regions down, indicators across: the state of each target, every cell a link to it on the targets page."""
    codes = {region.code: region for region in view.parts}
    targets = one_issuer(target for target in view.targets(view.area) if target.region_code in codes)
    if not targets:
        raise Withheld("no_rows")
    words, shown = view.words, indicators_of(targets)
    held = {(target.region_code, target.indicator): target for target in targets}
    head = html.Tr(
        [
            html.Th(words.say("region"), scope="col"),
            *(html.Th(words.of(METRICS[name].label), scope="col", className="cell-head") for name in shown),
        ]
    )
    rows = [
        html.Tr(
            [
                html.Th(dcc.Link(region.name, href=view.drill("region", code)), scope="row"),
                *(_cell(view, held.get((code, name)), path) for name in shown),
            ],
            className="row-here" if code == view.region.code else "",
        )
        for code, region in codes.items()
    ]
    body = html.Div(
        html.Table([html.Thead(head), html.Tbody(rows)], className="figure-table matrix"), className="table-room"
    )
    return Drawing(
        _state_reading(view, list(held.values()), regions=True),
        target_table(view, list(held.values())),
        body=body,
        height=60 + 36 * len(rows),
        metrics=tuple(shown),
    )


def _cell(view: View, target: Target | None, path: str) -> html.Td:
    """One state: shape and colour by CSS, the figure, and in the tooltip the word, the actual and the target."""
    words = view.words
    if target is None:
        return html.Td(words.say("no target"), className="cell cell-none muted")
    unit = METRICS[target.indicator].unit
    actual = words.value(target.actual, unit)
    said = words.value(target.completion, "%") if target.time_elapsed is not None else actual
    title = words.say(
        "{state}: {actual}, target {value}",
        state=words.say(STATES[target.state]),
        actual=actual,
        value=words.value(target.value, unit),
    )
    selection = view.selection.but(region=target.region_code, indicator=target.indicator)
    link = dcc.Link(said, href=view.href(selection, path), title=title, className=f"cell-link mark-{target.state}")
    return html.Td(link, className="cell")


def target_table(view: View, targets: Sequence[Target]) -> Table:
    """Targets as rows, with everything that is said of them."""
    words = view.words
    rows = [
        {
            "region_code": target.region_code,
            "region": view.tree.find(target.region_code).name,
            "indicator": words.of(METRICS[target.indicator].label),
            "issuer": _issuer(view, target),
            "document_no": target.document_no,
            "unit": words.unit(METRICS[target.indicator].unit),
            "value": target.value,
            "actual": target.actual,
            "completion": target.completion,
            "time_elapsed": target.time_elapsed,
            "lead": target.lead,
            "state": words.say(STATES[target.state]),
            "needed": target.needed_per_week,
        }
        for target in targets
    ]
    columns = (
        Column("region", words.say("region")),
        Column("indicator", words.say("indicator")),
        Column("issuer", words.of(ISSUER)),
        Column("document_no", words.of(TARGETS.column("document_no"))),
        Column("unit", words.say("unit")),
        Column("value", words.say("target"), "score"),
        Column("actual", words.say("actual"), "score"),
        Column("completion", words.say("done"), "%"),
        Column("time_elapsed", words.say("time elapsed"), "%"),
        Column("lead", words.say("lead"), "points"),
        Column("state", words.say("state")),
        Column("needed", words.say("needed a week"), "score"),
    )
    return Table(columns, rows, ("region_code", "region"))


def _state_reading(view: View, targets: Sequence[Target], *, regions: bool = False) -> str:
    """`Of 24 targets 5 are behind; furthest is a in b, 12.3 points.`"""
    words = view.words
    behind = [target for target in targets if target.state == "behind"]
    total = words.number(len(targets))
    if not behind:
        return words.say("None of {total} targets is behind.", total=total)
    worst = min(behind, key=lambda target: float(target.lead) if target.lead is not None else 0.0)
    name = words.of(METRICS[worst.indicator].label)
    if regions:
        name = words.say("{indicator} in {region}", indicator=name, region=view.tree.find(worst.region_code).name)
    count = words.number(len(behind))
    if worst.lead is None:
        return words.say(
            "Of {total} targets {count} are behind, {name} among them.", total=total, count=count, name=name
        )
    return words.say(
        "Of {total} targets {count} are behind; furthest is {name}, {lead} against the pace.",
        total=total,
        count=count,
        name=name,
        lead=words.points(float(worst.lead)),
    )
