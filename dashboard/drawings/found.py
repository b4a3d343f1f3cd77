"""Findings: rows that were loaded but deserve a look, by kind and unit; one by one for those who may see rows."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from dash import dcc, html
from sqlalchemy import Select, func, select

from dashboard import ids
from dashboard.cases.findings import LABELS as CASES
from dashboard.components.bars import share_bar
from dashboard.components.grid import grid
from dashboard.components.marks import state_mark
from dashboard.drawings.bullets import labelled_cell
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.quality import filter_value, inside, kept, rows_of, table_label
from dashboard.tally import Tally, by_part, tallied
from dashboard.view import View
from etl.marts.quality import finding_message
from etl.marts.region import finding
from etl.marts.region import region as region_mart

LISTED: Final = 2_000
HEIGHT: Final = 460
_CREDITED: Final = (
    select(finding.c.finding, finding.c.table_name, region_mart.c.credited_id.label("region_id"))
    .join_from(finding, region_mart, finding.c.region_code == region_mart.c.region_code)
    .subquery("credited")
)
_COUNTED: Final = Tally(_CREDITED, (_CREDITED.c.finding, _CREDITED.c.table_name), (func.count().label("rows"),))
_EACH: Final[Select[Any]] = (
    select(finding, region_mart.c.credited_id.label("region_id"), region_mart.c.region_name)
    .join_from(finding, region_mart, finding.c.region_code == region_mart.c.region_code)
    .order_by(finding.c.district_code, finding.c.street_code, finding.c.region_code, finding.c.finding, finding.c.key)
)
_MESSAGES: Final[Select[Any]] = select(finding_message)


def _messages(view: View) -> dict[str, str]:
    language = "message_zh" if view.words.chinese else "message_en"
    return {row["finding"]: row[language] for row in rows_of(view, _MESSAGES)}


def kinds(view: View) -> Drawing:
    """One line a kind of finding: what it says, how many rows, and in which units they lie."""
    words = view.words
    rows = _by_kind(view)
    columns = (
        Column("label", words.say("finding")),
        Column("message", words.say("what it means"), "long"),
        Column("table_said", words.say("table")),
        Column("rows", words.say("findings"), "rows"),
        Column("units", words.say("most of them in"), "long"),
    )
    table = Table(columns, rows, ("finding", "finding"))
    if not rows:
        return Drawing(words.say("No row here deserves a second look."), table, body=_nothing(view), height=80)
    total = sum(row["rows"] for row in rows)
    reading = words.say(
        "{total} rows were loaded and deserve a look; the most frequent: {finding} ({number}).",
        total=words.number(total),
        finding=rows[0]["label"],
        number=words.number(rows[0]["rows"]),
    )
    return Drawing(reading, table, body=_kind_list(view, rows), height=max(200, 70 + 44 * len(rows)))


def _by_kind(view: View) -> list[dict[str, Any]]:
    words, said = view.words, _messages(view)
    found = kept(view, tallied(view, _COUNTED), finding="finding", table="table_name")
    counted, tables = Counter[str](), dict[str, str]()
    for row in found:
        counted[row["finding"]] += row["rows"]
        tables[row["finding"]] = row["table_name"]
    rows = []
    for name, number in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])):
        own = [row for row in found if row["finding"] == name]
        parts = [(part.name, sum(row["rows"] for row in inner)) for part, inner in by_part(view, own)]
        most = sorted((pair for pair in parts if pair[1]), key=lambda pair: -pair[1])[:3]
        rows.append(
            {
                "finding": name,
                "label": filter_value(words, "finding", name),
                "message": said.get(name, ""),
                "table_said": words.of(table_label(tables[name])),
                "rows": number,
                "units": words.say("; ").join(f"{place} {words.number(count)}" for place, count in most),
            }
        )
    return rows


def _kind_list(view: View, rows: Sequence[Row]) -> html.Div:
    words = view.words
    heads = [words.say("finding"), words.say("what it means"), words.say("findings"), words.say("most of them in")]
    followed = [words.say("Cases")] if view.build.scope.rows else []
    head = html.Thead(html.Tr([html.Th(text, scope="col") for text in (*heads, *followed)]))
    most = max(row["rows"] for row in rows)
    body = [
        html.Tr(
            [
                html.Th(dcc.Link(row["label"], href=view.drill("finding", row["finding"])), scope="row"),
                labelled_cell("", row["message"], "long"),
                html.Td(
                    html.Div([share_bar(100 * row["rows"] / most), words.number(row["rows"])], className="share-cell")
                ),
                labelled_cell(heads[3], row["units"], "muted"),
                *(html.Td(_cases(view, row["finding"])) for _ in followed),
            ]
        )
        for row in rows
    ]
    table = html.Table([head, html.Tbody(body)], className="figure-table stacked worklist findings")
    return html.Div(table, className="table-room", tabIndex=0)


def _cases(view: View, name: str) -> Any:
    """The way to the cases of a finding on money; other findings are put right in the rows themselves."""
    if name not in CASES:
        return ""
    region = "" if view.region.code == view.tree.root.code else f"&region={view.region.short_code}"
    language = "" if view.words.chinese else "&lang=en"
    return html.A(view.words.say("To the cases"), href=f"/cases?kind={name}{region}{language}", className="foot-link")


def each(view: View) -> Drawing:
    """The findings one by one, with the key of the row and what shows it."""
    if not view.build.scope.rows:
        raise Withheld("not_allowed")
    words, said = view.words, _messages(view)
    found = kept(view, inside(view, rows_of(view, _EACH)), finding="finding", table="table_name")
    rows = [
        {
            "label": filter_value(words, "finding", row["finding"]),
            "table_said": words.of(table_label(row["table_name"])),
            "key": row["key"],
            "region_name": row["region_name"],
            "message": said.get(row["finding"], ""),
            "detail": row["detail"] or "",
            "load": row["load"],
        }
        for row in found[:LISTED]
    ]
    columns = (
        Column("label", words.say("finding")),
        Column("table_said", words.say("table")),
        Column("key", words.say("key"), "code"),
        Column("region_name", words.say("unit")),
        Column("message", words.say("what it means"), "long"),
        Column("detail", words.say("what shows it")),
        Column("load", words.say("load"), "rank"),
    )
    table = Table(columns, rows)
    if not rows:
        return Drawing(words.say("No row here deserves a second look."), table, body=_nothing(view), height=80)
    reading = words.say("{number} findings, by district and street.", number=words.number(len(found)))
    if len(found) > LISTED:
        reading += words.say(" The first {number} are listed.", number=words.number(LISTED))
    height = min(HEIGHT, 90 + 44 * len(rows))
    return Drawing(
        reading, table, body=grid(ids.panel_grid("data", "finding-list"), table, words, height), height=height
    )


def _nothing(view: View) -> html.P:
    said = view.words.say("Every row that was loaded agrees with the others.")
    return html.P([state_mark("met", view.words, short=True), said], className="all-done")
