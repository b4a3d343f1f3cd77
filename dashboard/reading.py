"""Sentences about figures: each is made from the same rows as the chart above it."""

from collections.abc import Sequence

from dashboard.comparison import SAID
from dashboard.panel import Row
from dashboard.semantics.catalogue import METRICS
from dashboard.view import View

NAMED = 3  # so many tied names are listed; more are counted


def leading(view: View, rows: Sequence[Row], metric: str, name: str = "region_name") -> str:
    """`Most: a with 3, then b; least: c with 1.` over the rows that have a figure."""
    words, unit = view.words, METRICS[metric].unit
    known = sorted((row for row in rows if row[metric] is not None), key=lambda row: -float(row[metric]))
    label = words.of(METRICS[metric].label)
    if not known:
        return words.say("{metric}: no data here.", metric=label)
    first, last = known[0], known[-1]
    if len(known) == 1:
        return words.say(
            "{metric} of {name}: {value}.",
            metric=label,
            name=str(first[name]),
            value=words.with_unit(first[metric], unit),
        )
    if float(first[metric]) == float(last[metric]):
        return words.say("{metric}: {value} everywhere.", metric=label, value=words.with_unit(first[metric], unit))
    return words.say(
        "{metric} is highest in {first} ({most}) and lowest in {last} ({least}).",
        metric=label,
        first=_tied(view, known, metric, name, float(first[metric])),
        most=words.with_unit(first[metric], unit),
        last=_tied(view, known, metric, name, float(last[metric])),
        least=words.with_unit(last[metric], unit),
    )


def against_earlier(view: View, metric: str, now: object, before: object) -> str:
    """`Placed: 1,234 persons, +5.3% on the year before.`"""
    words, shown = view.words, METRICS[metric]
    value = words.with_unit(now, shown.unit)
    change = words.change(now, before, shown.unit)
    label = words.of(shown.label)
    if change is None:
        return words.say("{metric}: {value}.", metric=label, value=value)
    compared = words.say(SAID[view.selection.compare])
    return words.say(
        "{metric}: {value}, {change} {compared}.", metric=label, value=value, change=change, compared=compared
    )


def _tied(view: View, rows: Sequence[Row], metric: str, name: str, value: float) -> str:
    names = [str(row[name]) for row in rows if float(row[metric]) == value]
    if len(names) <= NAMED:
        return view.words.listed(names)
    return view.words.say("{number} tied, {name} among them", number=view.words.number(len(names)), name=names[0])
