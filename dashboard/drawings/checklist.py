"""The six that each office is to have in place, unit by unit, beside its staff."""

from typing import Any, Final

from dash import dcc, html

from dashboard.components.marks import state_mark
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.semantics.catalogue import DIMENSIONS, METRICS
from dashboard.view import View

ITEMS: Final = tuple(DIMENSIONS["office_item"].values)
STAFF: Final = ("offices_complete", "office_staff", "office_staff_quota", "staff_certified")
ALL: Final = 100.0


def checklist(view: View) -> Drawing:
    """Units down, the six across: a tick where all its offices have it, a mark where none, else the share."""
    items = view.ask("offices_in_place", by=(view.level, "office_item"), region=view.area)
    held = {(row["region_code"], row["office_item"]): row["offices_in_place"] for row in items}
    staff = view.ask(*STAFF, by=(view.level,), region=view.area)
    rows: list[dict[str, Any]] = [
        dict(row) | {item: held.get((row["region_code"], item)) for item in ITEMS}
        for row in staff
        if any((row["region_code"], item) in held for item in ITEMS)
    ]
    if not rows:
        raise Withheld("no_rows")
    rows.sort(key=lambda row: sum(float(row[item]) for item in ITEMS))
    rows = [*_of_the_street(view), *rows]
    words = view.words
    names = [words.of(DIMENSIONS["office_item"].values[item]) for item in ITEMS]
    head = [html.Th(words.say("region"), scope="col")]
    head += [html.Th(name, scope="col", className="cell-head") for name in names]
    head += [html.Th(words.of(METRICS[name].label), scope="col", className="number") for name in STAFF]
    body = [html.Tr(_cells(view, row), className=_here(view, row)) for row in rows]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className="figure-table checklist")
    columns = (
        Column("region_code", words.say("code"), "place"),
        Column("region_name", words.say("region")),
        *(Column(item, name, "%") for item, name in zip(ITEMS, names, strict=True)),
        *(Column(name, words.of(METRICS[name].label), METRICS[name].unit) for name in STAFF),
    )
    return Drawing(
        _reading(view),
        Table(columns, rows, ("region_code", "region")),
        body=html.Div(table, className="table-room", tabIndex=0),
        height=70 + 34 * min(len(rows), 15),
    )


def _of_the_street(view: View) -> list[dict[str, Any]]:
    """The street's own office, which is none of its communities'."""
    if view.area.level != "street":
        return []
    own = (("office_level", "street"),)
    items = view.ask("offices_in_place", by=("office_item",), region=view.area, where=own)
    if not items:
        return []
    row = dict(view.ask(*STAFF, region=view.area, where=own)[0])
    row |= {each["office_item"]: each["offices_in_place"] for each in items}
    name = view.words.say("{name} (its own office)", name=view.area.name)
    return [row | {"region_code": view.area.code, "region_name": name}]


def _reading(view: View) -> str:
    words = view.words
    found = view.ask("offices_in_place", by=("office_item",), region=view.area)
    lacking = min(found, key=lambda row: float(row["offices_in_place"]))
    whole = view.ask(*STAFF, region=view.area)[0]
    return words.say(
        "{share} of the offices have all six in place; most often lacking is {item} ({least}). Staff {staff} of "
        "{quota}, certified {certified}.",
        share=words.value(whole["offices_complete"], "%"),
        item=words.of(DIMENSIONS["office_item"].values[lacking["office_item"]]),
        least=words.value(lacking["offices_in_place"], "%"),
        staff=words.number(whole["office_staff"]),
        quota=words.number(whole["office_staff_quota"]),
        certified=words.value(whole["staff_certified"], "%"),
    )


def _cells(view: View, row: Row) -> list[Any]:
    words = view.words
    name = dcc.Link(row["region_name"], href=view.drill("region", str(row["region_code"])))
    short = (row["office_staff"] or 0) < (row["office_staff_quota"] or 0)
    figures = [
        html.Td(words.value(row[each], METRICS[each].unit), className="number figure" if row[each] else "number none")
        for each in STAFF
    ]
    if short:
        figures[1] = html.Td(
            html.Span(
                [state_mark("watch", words, short=True), words.value(row["office_staff"], "persons")],
                className="stand",
            ),
            className="number figure",
            title=words.say("fewer than the quota"),
        )
    return [html.Th(name, scope="row"), *(_item(view, row[item]) for item in ITEMS), *figures]


def _item(view: View, share: Any) -> html.Td:
    words = view.words
    if float(share) == ALL:
        return html.Td(_mark("met", words.say("in place")), className="check")
    if not share:
        return html.Td([_mark("behind", ""), words.say("lacking")], className="check state-behind")
    return html.Td(words.value(share, "%"), className="check figure")


def _mark(state: str, said: str) -> html.Span:
    """A shape; `said` to screen readers where no words stand beside it."""
    parts = [html.Span(className=f"shape shape-{state}")]
    if said:
        parts.append(html.Span(said, className="unseen"))
    return html.Span(parts, className=f"state state-{state}")


def _here(view: View, row: Row) -> str:
    return "row-here" if row["region_code"] == view.region.code else ""
