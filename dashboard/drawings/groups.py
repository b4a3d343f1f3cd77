"""Persons by what they are: sex and age beside each other, and groups of which a person may be in several."""

from typing import Any, Final

from dashboard.components.picker import value_label
from dashboard.drawings.areas import ROW_HEIGHT, heading, written
from dashboard.figures.bars import Bar, Series, ranked_bars
from dashboard.figures.pyramids import pyramid
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.semantics.catalogue import DIMENSIONS, METRICS
from dashboard.view import View

SIDES: Final = ("male", "female")


def ages(view: View, metric: str) -> Drawing:
    """Men to the left, women to the right, by age band; whose sex or birth date is not known is said in words."""
    rows = view.ask(metric, by=("sex", "age_band"))
    held = {(row["sex"], row["age_band"]): float(row[metric]) for row in rows if row[metric]}
    if not held:
        raise Withheld("no_rows")
    words, unit = view.words, METRICS[metric].unit
    if all(None in key for key in held):
        raise Withheld("no_rows", _unknown(view, sum(held.values())))
    bands = [band for band in DIMENSIONS["age_band"].values if any((sex, band) in held for sex in SIDES)]
    axis = words.axis(list(held.values()), unit)
    left, right = (
        Series(
            value_label(view, "sex", sex),
            [held.get((sex, band), 0.0) for band in bands],
            [words.value(held.get((sex, band), 0.0), unit) for band in bands],
        )
        for sex in SIDES
    )
    names = [value_label(view, "age_band", band) for band in bands]
    figure = pyramid(names, left, right, axis, [("age_band", band) for band in bands])
    said = [
        dict(row) | {name: value_label(view, name, row[name]) for name in ("sex", "age_band")}
        for row in rows
        if row[metric]
    ]
    columns = (
        Column("sex", heading(view, "sex")),
        Column("age_band", heading(view, "age_band")),
        Column(metric, words.of(METRICS[metric].label), unit),
    )
    return Drawing(
        _of_ages(view, metric, held), Table(columns, said), figure=figure, height=max(230, 70 + 34 * len(bands))
    )


def _of_ages(view: View, metric: str, held: dict[tuple[Any, Any], float]) -> str:
    words, total = view.words, sum(held.values())
    known = {key: value for key, value in held.items() if None not in key}
    sex, band = max(known, key=lambda key: known[key])
    women = sum(value for (one, _), value in held.items() if one == "female")
    parts = [
        words.say(
            "{metric}: {total}, women {share}; most are {sex}, {band}.",
            metric=words.of(METRICS[metric].label),
            total=words.with_unit(total, METRICS[metric].unit),
            share=words.value(100 * women / total, "%"),
            sex=value_label(view, "sex", sex),
            band=value_label(view, "age_band", band),
        )
    ]
    if len(known) < len(held):
        parts.append(_unknown(view, total - sum(known.values())))
    return ("" if words.chinese else " ").join(parts)


def _unknown(view: View, number: float) -> str:
    return view.words.say("Of {number} persons sex or birth date is not known.", number=view.words.number(number))


def overlapping(view: View, metric: str) -> Drawing:
    """Bars of the hardship groups: a person may be in several, so they are never added up; the rest is in none."""
    rows = [row for row in view.ask(metric, by=("hardship_group",)) if row[metric]]
    if not rows:
        raise Withheld("no_rows")
    words, unit = view.words, METRICS[metric].unit
    total = float(view.figures(metric)[metric] or 0)
    none = sum(float(row[metric]) for row in rows if row["hardship_group"] is None)
    named = sorted((row for row in rows if row["hardship_group"] is not None), key=lambda row: -float(row[metric]))
    if not named:
        raise Withheld("no_rows", words.say("None of {total} is in any of these groups.", total=words.number(total)))
    bars = [_group_bar(view, row, metric) for row in named]
    axis = words.axis([bar.value for bar in bars], unit)
    reading = words.say(
        "{some} of {total} are in at least one of these groups ({share}); a person may be in several, so the bars do "
        "not add up.",
        some=words.number(total - none),
        total=words.with_unit(total, unit),
        share=words.value(100 * (total - none) / total if total else None, "%"),
    )
    columns = (
        Column("hardship_group", heading(view, "hardship_group")),
        Column(metric, words.of(METRICS[metric].label), unit),
    )
    said: list[Row] = [_in_words(view, row) for row in rows]
    return Drawing(
        reading,
        Table(columns, said, ("drill", "hardship_group")),
        figure=ranked_bars(bars, axis, words.of(METRICS[metric].label)),
        height=max(190, 50 + ROW_HEIGHT * len(bars)),
    )


def _group_bar(view: View, row: Row, metric: str) -> Bar:
    group = row["hardship_group"]
    said = view.words.value(row[metric], METRICS[metric].unit)
    return Bar(value_label(view, "hardship_group", group), float(row[metric]), said, drill=("hardship_group", group))


def _in_words(view: View, row: Row) -> dict[str, Any]:
    group = row["hardship_group"]
    return dict(row) | {"hardship_group": value_label(view, "hardship_group", group), "drill": written(group)}
