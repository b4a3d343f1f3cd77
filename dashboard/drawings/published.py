"""What cities have published of themselves, beside the same figures computed here."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select

from dashboard import ids
from dashboard.components.grid import grid
from dashboard.language import message
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.period import Period
from dashboard.semantics.catalogue import METRICS
from dashboard.view import View
from etl.marts.published import published_figure

HEIGHT: Final = 520
BOUNDS: Final = {
    "over": message("more than {figure}"),
    "under": message("almost {figure}"),
    "min": message("at least {figure}"),
    "max": message("at most {figure}"),
}
KINDS: Final = {
    "actual": message("reached"),
    "target": message("target"),
    "forecast": message("expected"),
    "rule": message("rule"),
    "capacity": message("capacity"),
}


def published(view: View) -> Drawing:
    """Each published figure, and what is computed for the region in view: over its own days where it is this city's."""
    figures = _figures(view)
    if not figures:
        raise Withheld("no_rows")
    words, own = view.words, view.build.regions.city_of(view.region.code)
    here = {period: _computed(view, figures, period) for period in {_period(view, row) for row in figures}}
    rows: list[Row] = [
        {
            "city": row["city_zh"] if words.chinese else row["city_en"],
            "label": row["label_zh"] if words.chinese else row["label_en"],
            "kind": words.say(KINDS[row["kind"]]),
            "period": words.period(Period(row["start_on"], row["end_on"])),
            "reported": _reported(view, row),
            "metric": words.of(METRICS[row["metric"]].label),
            "computed": words.with_unit(here[_period(view, row)][row["metric"]], METRICS[row["metric"]].unit),
            "over": words.period(_period(view, row)),
        }
        for row in figures
    ]
    labels = {
        "city": words.say("city"),
        "label": words.say("as the city calls it"),
        "kind": words.say("kind"),
        "period": words.say("of"),
        "reported": words.say("published"),
        "metric": words.say("as it is called here"),
        "computed": words.say("computed for {region}", region=view.region.name),
        "over": words.say("computed over"),
    }
    wide = ("label", "metric")
    table = Table(tuple(Column(name, label, "long" if name in wide else "") for name, label in labels.items()), rows)
    return Drawing(
        _reading(view, figures, own),
        table,
        body=grid(ids.panel_grid("methods", "published"), table, words, HEIGHT),
        height=HEIGHT,
    )


def _figures(view: View) -> list[Mapping[str, Any]]:
    columns = published_figure.c
    found = view.build.fetch(select(published_figure).order_by(columns.city_code, columns.figure))
    names = [column.name for column in columns]
    return [dict(zip(names, row, strict=True)) for row in found]


def _period(view: View, row: Mapping[str, Any]) -> Period:
    """The figure's own days for this city's own; those in view for another's, for nothing is known of it here."""
    if row["city_code"] == view.build.regions.city_of(view.region.code):
        return Period(row["start_on"], row["end_on"])
    return view.period


def _computed(view: View, figures: list[Mapping[str, Any]], period: Period) -> Row:
    wanted = sorted({row["metric"] for row in figures if _period(view, row) == period})
    return view.figures(*wanted, period=period)


def _reported(view: View, row: Mapping[str, Any]) -> str:
    if row["value"] is None:
        return view.words.say("not readable in the report")
    said = view.words.with_unit(row["value"], METRICS[row["metric"]].unit)
    bound = BOUNDS.get(row["qualifier"])
    return said if bound is None else view.words.say(bound, figure=said)


def _reading(view: View, figures: list[Mapping[str, Any]], own: str) -> str:
    words = view.words
    cities = {row["city_code"] for row in figures}
    said = words.say(
        "{number} figures from the reports of {cities} cities are of a kind that is computed here.",
        number=words.number(len(figures)),
        cities=words.number(len(cities)),
    )
    if own in cities:
        return said + words.say(" Those of this city stand beside what its own rows give for the same days.")
    return said + words.say(" This city has published none; beside them stands what is in view.")
