"""Where the money went: from source to kind to region, as areas within areas and as bands."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from dashboard.components.picker import value_label
from dashboard.drawings.areas import groups_of, heading, layer_table, written
from dashboard.figures.flow import Area, Band, Node, sankey, treemap
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.view import View

SOURCE, KIND = "funding_source", "kind"
WAIVER: Final = "fee_waiver"
Key = tuple[Any, ...]


def areas_within(view: View) -> Drawing:
    """A treemap: sources, in them kinds, in them the regions below."""
    rows = _paid(view)
    hues = _hues(rows)
    areas = [
        Area(
            tuple(str(part) for part in key),
            _label(view, rows, key),
            _total(part),
            view.words.value(_total(part), "yuan"),
            hues[key[0]],
            _drill(key),
        )
        for depth in (1, 2, 3)
        for key, part in _grouped(rows, partial(_part, depth))
    ]
    total = _total(rows)
    whole = (view.region.name, total, view.words.value(total, "yuan"))
    return Drawing(_reading(view, rows), _table(view, rows), figure=treemap(whole, areas), height=380)


def bands_between(view: View) -> Drawing:
    """A Sankey: what each source gave for each kind, and what each kind brought to each region below."""
    rows = _paid(view)
    hues, words = _hues(rows), view.words
    stops: dict[tuple[int, Any], int] = {}
    nodes: list[Node] = []
    for depth in (0, 1, 2):
        for value, part in _grouped(rows, partial(_stop, depth)):
            stops[depth, value] = len(nodes)
            key = _key(part[0])[: depth + 1]
            said = words.value(_total(part), "yuan")
            nodes.append(Node(_label(view, part, key), said, _drill(key), hues[value] if not depth else None))
    bands = []
    for (source, kind), part in _grouped(rows, partial(_part, 2)):
        bands.append(_band(view, (stops[0, source], stops[1, kind]), part, hues[source]))
    for (source, kind, code), part in _grouped(rows, _key):
        bands.append(_band(view, (stops[1, kind], stops[2, code]), part, hues[source]))
    return Drawing(_reading(view, rows), _table(view, rows), figure=sankey(nodes, bands), height=420)


def _band(view: View, ends: tuple[int, int], part: Sequence[Row], hue: int) -> Band:
    return Band(*ends, _total(part), view.words.value(_total(part), "yuan"), hue)


def _paid(view: View) -> list[Row]:
    """Payments of the period by source, kind and region below; in a community its own alone."""
    rows = view.ask("subsidy_spend", by=(SOURCE, KIND, view.level))
    found = [row for row in rows if row["subsidy_spend"]]
    if not found:
        raise Withheld("no_rows")
    orders = {name: groups_of(found, name) for name in (SOURCE, KIND)}
    return sorted(found, key=lambda row: tuple(orders[name].index(row[name]) for name in (SOURCE, KIND)))


def _key(row: Row) -> Key:
    return row[SOURCE], row[KIND], row["region_code"]


def _part(depth: int, row: Row) -> Key:
    """The first so many of source, kind and region."""
    return _key(row)[:depth]


def _stop(depth: int, row: Row) -> Any:
    """One of source, kind and region."""
    return _key(row)[depth]


def _grouped(rows: Sequence[Row], key: Callable[[Row], Any]) -> list[tuple[Any, list[Row]]]:
    """The rows by key, in the order in which keys first come."""
    order = list(dict.fromkeys(key(row) for row in rows))
    return [(value, list(part)) for value, part in groupby(sorted(rows, key=lambda row: order.index(key(row))), key)]


def _label(view: View, rows: Sequence[Row], key: Key) -> str:
    if len(key) == 3:  # noqa: PLR2004 - source, kind, region
        return next(str(row["region_name"]) for row in rows if row["region_code"] == key[2])
    dimension = (SOURCE, KIND)[len(key) - 1]
    label = value_label(view, dimension, key[-1])
    return view.words.say("{kind} (forgone)", kind=label) if key[-1] == WAIVER else label


def _drill(key: Key) -> tuple[str, str]:
    return ("region", key[2]) if len(key) == 3 else ((SOURCE, KIND)[len(key) - 1], written(key[-1]))  # noqa: PLR2004 - source, kind, region


def _hues(rows: Sequence[Row]) -> dict[Any, int]:
    return {source: at for at, source in enumerate(groups_of(rows, SOURCE))}


def _total(rows: Sequence[Row]) -> float:
    return float(sum(row["subsidy_spend"] for row in rows))


def _table(view: View, rows: Sequence[Row]) -> Table:
    """One row a source, kind and region: their sum is the whole."""
    made = layer_table(view, (view.level, KIND), rows, "subsidy_spend")
    said = [dict(row) | {SOURCE: value_label(view, SOURCE, row[SOURCE])} for row in made.rows]
    region, kind, spend = made.columns
    return Table((Column(SOURCE, heading(view, SOURCE)), kind, region, spend), said, made.drill)


def _reading(view: View, rows: Sequence[Row]) -> str:
    words, total = view.words, _total(rows)
    (source, first), (kind, second) = (
        max(_grouped(rows, itemgetter(name)), key=lambda each: _total(each[1])) for name in (SOURCE, KIND)
    )
    said = words.say(
        "Of {total} most comes from {source} ({given}), and most goes into {kind} ({spent}).",
        total=words.value(total, "yuan"),
        source=value_label(view, SOURCE, source),
        given=words.value(100 * _total(first) / total, "%"),
        kind=value_label(view, KIND, kind),
        spent=words.value(100 * _total(second) / total, "%"),
    )
    waived = _total([row for row in rows if row[KIND] == WAIVER])
    if not waived:
        return said
    more = words.say("{amount} of it is forgone taxes and fees.", amount=words.value(waived, "yuan"))
    return said + more if words.chinese else f"{said} {more}"
