"""How much of a rate is chance: a funnel of all units for one leaf of the standard, and each unit's interval."""

from collections import Counter
from typing import Any, Final

import numpy as np

from dashboard.drawings.ranked import leading_unit, level_of, ranking_of, sentences, together
from dashboard.figures.funnels import Dot, Limits, funnel_plot
from dashboard.language import message
from dashboard.panel import Choice, Column, Drawing, Table, Withheld
from dashboard.ranking.funnel import Counted, Funnel, Place
from dashboard.ranking.intervals import Z_95, Z_998
from dashboard.ranking.ranking import RankedUnit, Ranking
from dashboard.ranking.rates import PER, funnel_of, kind_of
from dashboard.ranking.standard import Leaf
from dashboard.text import Axis
from dashboard.view import View

CURVE: Final = 48  # points of a limit's curve
PLACES: Final[dict[Place, str]] = {
    "far_below": message("far below the limits of chance"),
    "below": message("below the limits of chance"),
    "within": message("within the limits of chance"),
    "above": message("above the limits of chance"),
    "far_above": message("far above the limits of chance"),
}


def chance(view: View) -> Drawing:
    """The funnel of the leaf chosen (by its metric), with the unit in view in it."""
    found = ranking_of(view)
    level = level_of(view)
    leaves = [leaf for leaf in found.standard.leaves if kind_of(leaf)]
    shown = [leaf for leaf in leaves if leaf.measure.column == view.selection.indicator] or leaves
    if not shown:
        raise Withheld("no_rows")
    leaf, words = shown[0], view.words
    drawn = funnel_of(view.build.whole, leaf, level, view.period, together(view))
    if drawn is None:
        raise Withheld("no_rows")
    unit, times = leading_unit(view, found), PER[drawn.kind]
    names = {each.code: each.name for each in found.units}
    dots = [_dot(view, drawn, peer, names[peer.unit], unit) for peer in drawn.peers if peer.unit in names]
    # From the smallest unit on: for smaller ones chance allows anything, and the chart would show little else.
    least, most = min(peer.of for peer in drawn.peers), max(peer.of for peer in drawn.peers)
    sizes = np.geomspace(least * 0.9, most * 1.04, CURVE).tolist()
    limits = [_limits(view, drawn, sizes, z, said) for z, said in ((Z_95, "95 %"), (Z_998, "99.8 %"))]
    figure = funnel_plot(
        dots,
        sizes,
        limits,
        (words.say("all together"), drawn.middle * times),
        axis=Axis(1, "", 1, percent=drawn.kind == "proportion"),
        size=words.say("size (denominator)") if drawn.kind == "proportion" else words.say("labour force"),
    )
    choices = tuple(
        Choice(words.of(each.label), view.drill("indicator", each.measure.column), chosen=each is leaf)
        for each in leaves
    )
    return Drawing(
        _reading(view, leaf, drawn, unit),
        _table(view, drawn, names, found),
        figure=figure,
        height=380,
        metrics=(leaf.measure.column,),
        choices=choices,
    )


def _limits(view: View, drawn: Funnel, sizes: list[float], z: float, said: str) -> Limits:
    found = [drawn.limits(size, z) for size in sizes]
    times = PER[drawn.kind]
    label = view.words.say("limits of chance {share}", share=said)
    return Limits(label, [each.low * times for each in found], [each.high * times for each in found])


def _dot(view: View, drawn: Funnel, peer: Counted, name: str, unit: RankedUnit) -> Dot:
    place = drawn.places[peer.unit]
    said = f"{name}  <b>{_rate_said(view, drawn, peer.rate)}</b>  {view.words.say(PLACES[place])}"
    return Dot(
        name,
        peer.of,
        peer.rate * PER[drawn.kind],
        said,
        ("region", peer.unit),
        outside=place != "within",
        chosen=peer.unit == unit.code,
    )


def _rate_said(view: View, drawn: Funnel, rate: float) -> str:
    if drawn.kind == "proportion":
        return view.words.value(100 * rate, "%")
    return view.words.say("{number} per 1,000", number=view.words.number(1000 * rate, 1))


def _table(view: View, drawn: Funnel, names: dict[str, str], found: Ranking) -> Table:
    words, times = view.words, PER[drawn.kind]
    order = {unit.code: at for at, unit in enumerate(found.units)}
    rows: list[dict[str, Any]] = []
    for peer in sorted((peer for peer in drawn.peers if peer.unit in names), key=lambda peer: order[peer.unit]):
        interval = drawn.interval(peer)
        rows.append(
            {
                "code": peer.unit,
                "name": names[peer.unit],
                "count": peer.count,
                "of": peer.of,
                "rate": peer.rate * times,
                "low": interval.low * times if interval else None,
                "high": interval.high * times if interval else None,
                "place": words.say(PLACES[drawn.places[peer.unit]]),
            }
        )
    columns = (
        Column("code", words.say("code"), "place"),
        Column("name", words.say("unit")),
        Column("count", words.say("numerator"), "persons"),
        Column("of", words.say("denominator"), "persons"),
        Column("rate", words.say("rate"), "score"),
        Column("low", words.say("95 % from"), "score"),
        Column("high", words.say("95 % to"), "score"),
        Column("place", words.say("against chance")),
    )
    return Table(columns, rows, ("code", "region"))


def _reading(view: View, leaf: Leaf, drawn: Funnel, unit: RankedUnit) -> str:
    words = view.words
    outside = len(drawn.peers) - Counter(drawn.places.values())["within"]
    said = [
        words.say(
            "{leaf}: {middle} over all; {outside} of {number} units lie outside the 95 % limits, by chance alone"
            " {expected} would.",
            leaf=words.of(leaf.label),
            middle=_rate_said(view, drawn, drawn.middle),
            outside=words.number(outside),
            number=words.number(len(drawn.peers)),
            expected=words.number(drawn.expected_outside, 1),
        )
    ]
    if drawn.widened:
        said.append(
            words.say(
                "The units differ more than chance allows (spread {spread}): the limits are widened for it.",
                spread=words.number(drawn.spread, 1),
            )
        )
    own = next((peer for peer in drawn.peers if peer.unit == unit.code), None)
    interval = drawn.interval(own) if own else None
    if own and interval:
        said.append(
            words.say(
                "{name}: {rate} (95 % interval {low} to {high}), {place}.",
                name=unit.name,
                rate=_rate_said(view, drawn, own.rate),
                low=words.number(interval.low * PER[drawn.kind], 1),
                high=words.number(interval.high * PER[drawn.kind], 1),
                place=words.say(PLACES[drawn.places[own.unit]]),
            )
        )
    return sentences(view, *said)
