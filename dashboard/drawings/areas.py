"""Figures side by side: the regions below the one chosen, or the groups of a dimension."""

from collections.abc import Sequence
from typing import Any

from dashboard.comparison import NAMES
from dashboard.components.figure_table import figure_table
from dashboard.components.picker import value_label
from dashboard.figures.bars import Bar, Series, lying_layers, ranked_bars
from dashboard.figures.theme import AGES
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.reading import leading
from dashboard.semantics.catalogue import DIMENSIONS, METRICS
from dashboard.view import View

ROW_HEIGHT = 30


def split_by(view: View, *metrics: str) -> str:
    """The dimension that the reader breaks figures down by, where the metrics have it; else the regions' level."""
    by = view.selection.by
    return by if by and by != "region" and all(by in METRICS[name].dimensions for name in metrics) else view.level


def side_by_side(view: View, metrics: Sequence[str], by: str | None = None) -> tuple[str, list[Row]]:
    """The breakdown and its rows, each with `label`, `drill` and the `earlier` row; regions in the tree's order."""
    by = by or split_by(view, *metrics)
    region = view.area if by == view.level else view.region
    rows = view.ask(*metrics, by=(by,), region=region)
    earlier = {_key(row, by): row for row in view.compared(*metrics, by=(by,), region=region)}
    named: list[Row] = [dict(row) | _named(view, by, row) | {"earlier": earlier.get(_key(row, by), {})} for row in rows]
    if not named or all(row[name] is None for row in rows for name in metrics):
        raise Withheld("no_rows")
    return by, named


def bars(view: View, metric: str, by: str | None = None, *, only_named: bool = False) -> Drawing:
    """Ranked bars of one metric with a tick for the earlier value; a click drills or filters.

    `only_named`: what names no group stands in the table alone, where most rows name none.
    """
    by, every = side_by_side(view, (metric,), by)
    rows = [row for row in every if row.get(by, "") is not None] if only_named else every
    if not rows:
        raise Withheld("no_rows")
    shown = METRICS[metric]
    ordered = sorted(rows, key=lambda row: -float(row[metric]) if row[metric] is not None else float("inf"))
    axis = view.words.axis([_number(row[metric]) for row in rows], shown.unit)
    drawn = [
        Bar(
            label=row["label"],
            value=_number(row[metric]),
            said=view.words.value(row[metric], shown.unit),
            earlier=_number(row["earlier"].get(metric)),
            earlier_said=view.words.value(row["earlier"].get(metric), shown.unit),
            drill=row["drill"],
            chosen=view.region.level != "community" or by != view.level or row["drill"][1] == view.region.code,
        )
        for row in ordered
    ]
    earlier = view.words.say(NAMES[view.selection.compare]) if view.selection.compare in NAMES else ""
    return Drawing(
        reading=leading(view, rows, metric, "label"),
        table=area_table(view, by, every, (metric,)),
        figure=ranked_bars(drawn, axis, view.words.say("this period"), earlier),
        height=max(190, 60 + ROW_HEIGHT * len(drawn)),
    )


def table(view: View, metrics: Sequence[str], by: str | None = None) -> Drawing:
    """The metrics of each region or group as a table of figures, every row a link down."""
    by, rows = side_by_side(view, metrics, by)
    return Drawing(
        reading=leading(view, rows, metrics[0], "label"),
        table=area_table(view, by, rows, metrics),
        body=figure_table(view, heading(view, by), rows, metrics),
        height=max(200, 44 + 34 * min(len(rows), 16)),
    )


def layers(view: View, metric: str, dimension: str) -> Drawing:
    """One lying bar a region or group of the breakdown, in layers of `dimension`."""
    by = split_by(view, metric)
    rows = view.ask(metric, by=(by, dimension), region=view.area if by == view.level else view.region)
    if not any(row[metric] for row in rows):
        raise Withheld("no_rows")
    groups = groups_of(rows, dimension)
    named = {_key(row, by): _named(view, by, row) for row in rows}
    held = {(_key(row, by), row[dimension]): row[metric] for row in rows}
    totals = {place: sum(float(held.get((place, group)) or 0) for group in groups) for place in named}
    axis = view.words.axis(list(totals.values()), METRICS[metric].unit)
    series = [
        Series(
            value_label(view, dimension, group),
            [_number(held.get((place, group))) for place in named],
            [view.words.value(held.get((place, group)), METRICS[metric].unit) for place in named],
            age_color(dimension, group),
        )
        for group in groups
    ]
    summed = [{"label": each["label"], metric: totals[place]} for place, each in named.items()]
    labels, drills = [each["label"] for each in named.values()], [each["drill"] for each in named.values()]
    return Drawing(
        reading=leading(view, summed, metric, "label"),
        table=layer_table(view, (by, dimension), rows, metric),
        figure=lying_layers(labels, series, axis, drills),
        height=max(220, 90 + ROW_HEIGHT * len(named)),
    )


def layer_table(view: View, both: tuple[str, str], rows: Sequence[Row], metric: str) -> Table:
    """Region or group, layer and figure, one row each."""
    by, dimension = both
    label = view.words.of(METRICS[metric].label)
    named = [_named(view, by, row) for row in rows]
    said = [
        dict(row) | {"drill_value": each["drill"][1]} | {dimension: value_label(view, dimension, row[dimension])}
        for row, each in zip(rows, named, strict=True)
    ]
    if by != view.level:
        for row, each in zip(said, named, strict=True):
            row[by] = each["label"]
    columns = (
        Column("region_name" if by == view.level else by, heading(view, by)),
        Column(dimension, heading(view, dimension)),
        Column(metric, label, METRICS[metric].unit),
    )
    return Table(columns, said, ("drill_value", "region" if by == view.level else by))


def area_table(view: View, by: str, rows: Sequence[Row], metrics: Sequence[str]) -> Table:
    """The rows of a breakdown with the compared figures beside them."""
    words = view.words
    columns = [Column("label", heading(view, by))]
    said = [dict(row) | {"drill_value": row["drill"][1] if row["drill"] else None} for row in rows]
    if by == view.level:
        columns.insert(0, Column("region_code", words.say("code"), "place"))
    for name in metrics:
        columns.append(Column(name, words.of(METRICS[name].label), METRICS[name].unit))
        if view.selection.compare in NAMES:
            label = f"{words.of(METRICS[name].label)} · {words.say(NAMES[view.selection.compare])}"
            columns.append(Column(f"{name}_earlier", label, METRICS[name].unit))
    for row in said:
        row |= {f"{name}_earlier": row["earlier"].get(name) for name in metrics}
    return Table(tuple(columns), said, ("drill_value", "region" if by == view.level else by))


def heading(view: View, by: str) -> str:
    """What the first column of a breakdown is called."""
    return view.words.say("region") if by == view.level else view.words.of(DIMENSIONS[by].label)


def _key(row: Row, by: str) -> Any:
    return row.get("region_code", row.get(by))


def _named(view: View, by: str, row: Row) -> dict[str, Any]:
    if "region_code" in row:
        return {"label": row["region_name"], "drill": ("region", row["region_code"])}
    value = row[by]
    return {"label": value_label(view, by, value), "drill": (by, written(value))}


def groups_of(rows: Sequence[Row], dimension: str) -> list[Any]:
    """The groups of a dimension that occur, in their declared order, the missing last."""
    order = list(DIMENSIONS[dimension].values)
    found = {row[dimension] for row in rows}
    return sorted(
        found, key=lambda group: (group is None, order.index(group) if group in order else len(order), str(group))
    )


def age_color(dimension: str, group: Any) -> str:
    """The colour of an ageing bucket, the same wherever it is drawn; none for other dimensions."""
    order = list(DIMENSIONS["ageing"].values)
    return AGES[order.index(group)] if dimension == "ageing" and group in order else ""


def written(value: Any) -> str:
    """A group as a filter in the address writes it."""
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
