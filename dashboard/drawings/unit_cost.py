"""What a placement costs, place by place, against how many there were: who is dearer than chance explains."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from dashboard.drawings.chance import CURVE
from dashboard.figures.funnels import Dot, Limits, funnel_plot
from dashboard.figures.theme import unit_shown
from dashboard.panel import Column, Drawing, Table, Withheld
from dashboard.ranking.intervals import Z_95, Z_998
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.dimension import TOP
from dashboard.spread import Average, Spread, spread
from dashboard.text import Axis, Words
from dashboard.view import View

COST, PLACED = "cost_per_placement", "placed"
# The units of a funnel are small enough to be many: streets of a city, communities of anything smaller.
UNITS: Final = {
    TOP: "district",
    "city": "street",
    "district": "community",
    "street": "community",
    "community": "community",
}


def unit_cost(view: View) -> Drawing:
    """A funnel of the cost per person re-employed against their number."""
    region = view.area if view.region.level == "community" else view.region
    rows = view.ask(COST, PLACED, by=(UNITS[view.region.level],), region=region)
    averages = [
        Average(row["region_code"], float(row[PLACED]), float(row[COST])) for row in rows if row[COST] is not None
    ]
    found = spread(averages)
    if found is None:
        raise Withheld("no_rows")
    names = {row["region_code"]: str(row["region_name"]) for row in rows}
    words = view.words
    axis = words.axis([one.value for one in averages], "yuan")
    least, most = min(one.size for one in averages), max(one.size for one in averages)
    sizes = np.geomspace(max(least * 0.9, 1), most * 1.04, CURVE).tolist()
    figure = funnel_plot(
        [_dot(view, found, one, names[one.unit], axis) for one in averages],
        sizes,
        _limits(words, found, sizes, axis),
        (words.say("all together"), found.middle / axis.divisor),
        axis=axis,
        size=words.say("persons re-employed"),
    )
    figure["layout"] |= unit_shown(axis, legend=True)
    figure["layout"]["xaxis"] |= {"range": [least * 0.85, most * 1.05], "rangemode": "normal"}
    columns = (
        Column("region_code", words.say("code"), "place"),
        Column("region_name", words.say("region")),
        *(Column(name, words.of(METRICS[name].label), METRICS[name].unit) for name in (PLACED, COST)),
        Column("low", words.say("95 % from"), "yuan"),
        Column("high", words.say("95 % to"), "yuan"),
    )
    known = sorted((row for row in rows if row[COST] is not None), key=lambda row: -row[COST])
    table = Table(columns, [_with_limits(row, found) for row in known], ("region_code", "region"))
    return Drawing(_reading(view, found, averages, names), table, figure=figure, height=340)


def _limits(words: Words, found: Spread, sizes: Sequence[float], axis: Axis) -> list[Limits]:
    drawn = []
    for z, share in ((Z_95, "95 %"), (Z_998, "99.8 %")):
        each = [limits for size in sizes if (limits := found.limits(size, z))]
        if each:
            label = words.say("limits of chance {share}", share=share)
            low, high = ([getattr(one, end) / axis.divisor for one in each] for end in ("low", "high"))
            drawn.append(Limits(label, low, high))
    return drawn


def _outside(found: Spread, one: Average) -> bool:
    limits = found.limits(one.size, Z_95)
    return limits is not None and not limits.low <= one.value <= limits.high


def _dot(view: View, found: Spread, one: Average, name: str, axis: Axis) -> Dot:
    words = view.words
    said = words.say(
        "{name}: {cost} each, {persons} re-employed",
        name=name,
        cost=words.value(one.value, "yuan"),
        persons=words.number(one.size),
    )
    return Dot(
        name,
        one.size,
        one.value / axis.divisor,
        said,
        ("region", one.unit),
        outside=_outside(found, one),
        chosen=one.unit == view.region.code,
    )


def _with_limits(row: Any, found: Spread) -> dict[str, Any]:
    limits = found.limits(float(row[PLACED]), Z_95)
    return dict(row) | {"low": limits.low if limits else None, "high": limits.high if limits else None}


def _reading(view: View, found: Spread, averages: Sequence[Average], names: dict[str, str]) -> str:
    words = view.words
    middle = words.value(found.middle, "yuan")
    if found.deviation is None:
        return words.say(
            "{middle} each over all {number} units; they are too few to tell chance from difference.",
            middle=middle,
            number=words.number(len(averages)),
        )
    dear = [one for one in averages if _outside(found, one) and one.value > found.middle]
    cheap = [one for one in averages if _outside(found, one) and one.value <= found.middle]
    said = words.say(
        "{middle} each over all; {dear} of {number} units cost more and {cheap} less than chance explains. The limits"
        " come from how the units differ: small ones may stray far.",
        middle=middle,
        dear=words.number(len(dear)),
        cheap=words.number(len(cheap)),
        number=words.number(len(averages)),
    )
    if not dear:
        return said
    first = max(dear, key=lambda one: one.value)
    more = words.say(
        "Dearest beyond them: {name} ({cost}).", name=names[first.unit], cost=words.value(first.value, "yuan")
    )
    return said + more if words.chinese else f"{said} {more}"
