"""Ways into work and who offers it: channels and sponsors of placements, the largest employers of posts."""

from dataclasses import replace
from typing import Final

from dash import html

from dashboard.components.figure_table import figure_table
from dashboard.drawings.areas import area_table, bars, heading, side_by_side
from dashboard.panel import Drawing
from dashboard.semantics.catalogue import METRICS
from dashboard.view import View

SHOWN: Final = 10
LISTED: Final = 100  # employers in the table: a city has thousands, each with a post or two


def ways(view: View, by: str) -> Drawing:
    """Placements by channel or sponsor. A person placed twice counts twice: persons stand in the sentence."""
    drawing = bars(view, "placements", by, only_named=True)
    found = view.figures("placements", "placed")
    words = view.words
    note = words.say(
        "{placements} of {persons}: who was placed more than once in the year counts each time.",
        placements=words.with_unit(found["placements"], "placements"),
        persons=words.with_unit(found["placed"], "persons"),
    )
    return replace(drawing, reading=drawing.reading + ("" if words.chinese else " ") + note)


def employers(view: View) -> Drawing:
    """The employers with the most posts developed in the period, and how far these are taken."""
    metrics = ("posts_developed", "post_fill_rate")
    by, rows = side_by_side(view, metrics, "employer_code")
    named = sorted(
        (row for row in rows if row[by] is not None), key=lambda row: (-float(row[metrics[0]] or 0), row[by])
    )
    rest = [row for row in rows if row[by] is None]
    words = view.words
    total = sum(float(row[metrics[0]] or 0) for row in rows)
    largest = sum(float(row[metrics[0]] or 0) for row in named[:SHOWN])
    reading = words.say(
        "{number} employers; the {shown} largest developed {share} of the posts, {left} name no employer.",
        number=words.number(len(named)),
        shown=words.number(min(SHOWN, len(named))),
        share=words.value(100 * largest / total if total else None, "%"),
        left=words.with_unit(sum(float(row[metrics[0]] or 0) for row in rest), METRICS[metrics[0]].unit),
    )
    shown = [dict(row) | {"label": html.Code(row["label"])} for row in (named or rest)[:SHOWN]]
    return Drawing(
        reading,
        area_table(view, by, [*named, *rest][:LISTED], metrics),
        body=figure_table(view, heading(view, by), shown, metrics),
        height=44 + 34 * SHOWN,
    )
