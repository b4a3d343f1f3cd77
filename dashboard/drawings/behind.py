"""The page of the rows behind a figure: how they make it up, the rows one by one, and the files that brought them."""

from collections.abc import Sequence
from typing import Any, Final

from dash import dcc, html
from sqlalchemy import Select, select

from dashboard.access.present import tell
from dashboard.behind import (
    PARTS,
    behind,
    chosen_part,
    key_label,
    metric_of,
    missing_of,
    part_choices,
    table_label,
    total_said,
    unit_of,
)
from dashboard.components.marks import state_mark
from dashboard.components.picker import breakdown_label, value_label
from dashboard.drawings.numbered import listing, place_of, since_this_build
from dashboard.language import message
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.selection import Selection
from dashboard.semantics.distinct import Distinct
from dashboard.semantics.listing import tables_of
from dashboard.semantics.measure import Flow
from dashboard.semantics.rows import Behind, Listing, Origin, SourceRow
from dashboard.semantics.summing import ALIKE, MEDIAN
from dashboard.view import View
from etl.marts.quality import load as load_mart
from etl.marts.quality import load_file

SHOWN: Final = 14
SUMMED: Final = message("{number} rows bring {total} together; the file holds all of them.")
FOLLOWED: Final = message("{number} rows, of which {total} follows; the file holds all of them.")
EVENT, STANDING = message("event date"), message("stands since")
FILES_SHOWN: Final = 7
TABLED: Final = 1000  # rows of the table view; the file holds all
FILED: Final = 400_000  # rows that a file takes: some 200 MB of memory while it is written


def figure(view: View) -> Drawing:
    """The figure, the parts that it is made of, and that they make exactly it."""
    if missing_of(view):
        return _groups(view)
    found = behind(view)
    words = view.words
    rows: list[Row] = [
        {
            "part": words.say(PARTS[each.name]),
            "tables": words.listed([table_label(view, name) for name in tables_of(each.part.measures)]),
            "rows": each.number,
            "total": each.total,
            "said": total_said(view, found, each),
        }
        for each in found.parts
    ]
    columns = (
        Column("part", words.say("part of the figure")),
        Column("tables", words.say("source table")),
        Column("rows", words.say("number of rows"), "rows"),
        Column("said", words.say("together"), "short"),
    )
    heads = [column.label for column in columns]
    cells = [[row["part"], row["tables"], words.number(row["rows"]), row["said"]] for row in rows]
    body = html.Div([_headline(view, found), listing(view, heads, cells, len(cells))], className="behind")
    return Drawing(_equality(view, found), Table(columns, rows), body=body, metrics=(found.metric.name,), height=150)


def _headline(view: View, found: Behind) -> html.Div:
    words, metric = view.words, found.metric
    agrees = found.figure is not None and _same(found)
    mark = [state_mark("met" if agrees else "missing", words, short=True)]
    said = words.say("The rows make exactly this figure.") if agrees else words.say("There is no figure here.")
    return html.Div(
        [
            html.P([html.Span(words.of(metric.label)), html.Strong(words.with_unit(found.figure, metric.unit))]),
            html.P([*mark, said]),
        ],
        className="behind-head",
    )


def _same(found: Behind) -> bool:
    """Whether the parts make the figure; shares are floating numbers."""
    if found.made is None or found.figure is None:
        return found.made is found.figure
    return bool(abs(float(found.made) - float(found.figure)) <= 1e-9 * max(1.0, abs(float(found.figure))))


def _equality(view: View, found: Behind) -> str:
    """How the totals of the parts make the figure, in one sentence."""
    words = view.words
    totals = {each.name: total_said(view, found, each) for each in found.parts}
    first = found.parts[0]
    said = words.value(found.figure, found.metric.unit)
    number = words.number(first.number)
    if found.figure is None:
        return words.say("{name} has no figure here: a part of it is missing.", name=words.of(found.metric.label))
    if "cap" in totals:
        return words.say("{cap} × {balance} − {outstanding} = {figure}.", figure=said, **totals)
    if "below" in totals:
        return words.say("{above} ÷ {below} = {figure}.", figure=said, **totals)
    if first.part.measures[0].aggregate is MEDIAN:
        return words.say("{number} rows; the middle of what they bring is {figure}.", number=number, figure=said)
    if first.total == first.number:
        return words.say("{number} rows that count one each make {total}.", number=number, total=totals["whole"])
    return words.say("{number} rows bring {total} together.", number=number, total=totals["whole"])


def _groups(view: View) -> Drawing:
    """The groups to choose from, of a figure that is one of a group only."""
    metric, name = metric_of(view), missing_of(view)[0]
    chosen = [dimension for dimension, _ in view.selection.where]
    by = [each for each in metric.required if each not in chosen]
    values = dict.fromkeys(row[name] for row in view.ask(metric.name, by=by) if row[metric.name] is not None)
    if not values:
        raise Withheld("no_rows")
    words, label = view.words, breakdown_label(view, name)
    rows: list[Row] = [{"value": str(value), "said": value_label(view, name, value)} for value in values]
    reading = words.say(
        "{name} is one of each {dimension}: choose one of {number}.",
        name=words.of(metric.label),
        dimension=label,
        number=words.number(len(rows)),
    )
    cells = [[dcc.Link(row["said"], href=view.drill(name, row["value"]))] for row in rows]
    table = Table((Column("said", label),), rows, ("value", name))
    return Drawing(reading, table, body=listing(view, [label], cells, len(cells)), metrics=(metric.name,), height=150)


def rows(view: View) -> Drawing:
    """The rows of a part one by one: number, community, day, what each brings, and where it came from."""
    found = behind(view)
    part = chosen_part(view, found)
    if not part.number:
        raise Withheld("no_rows")
    tell("rows.seen", found.metric.name, {"search": view.selection.search})
    few = _table(view, found, part, found.rows(part.part, TABLED))
    words, shown = view.words, few.rows[:SHOWN]
    text = SUMMED
    if part.part.measures[0].aggregate in (MEDIAN, ALIKE):
        text = FOLLOWED
    reading = words.say(text, number=words.number(part.number), total=total_said(view, found, part))
    if part.number > FILED:
        reading = words.say(
            "{number} rows are more than a file takes: choose a region, a shorter period or a filter.",
            number=words.number(part.number),
        )
    cells = [
        [
            html.Code(row["key"]),
            place_of(view, row),
            words.day(row["day"]) if row["day"] else "",
            words.exact(row["amount"], unit_of(found, part)),
            words.say("load {load}, line {line}", load=str(row["load"]), line=str(row["line"])) if row["load"] else "",
        ]
        for row in shown
    ]
    heads = [column.label for column in few.columns if column.name in ("key", "region_name", "day", "amount", "load")]
    return Drawing(
        reading,
        few,
        body=listing(view, heads, cells, part.number),
        height=70 + 31 * len(cells),
        metrics=(found.metric.name,),
        choices=part_choices(view, found),
        whole=lambda: _whole(view, found, part),
    )


def _whole(view: View, found: Behind, part: Listing) -> Table:
    if part.number > FILED:
        raise Withheld("no_rows")
    return _table(view, found, part, found.rows(part.part))


def _table(view: View, found: Behind, part: Listing, listed: Sequence[SourceRow]) -> Table:
    words, regions = view.words, view.build.regions
    tables = tables_of(part.part.measures)
    is_event = isinstance(part.part.measures[0], Flow | Distinct)
    columns = [
        Column("table", words.say("source table")),
        Column("key", key_label(view, tables), "code"),
        Column("region_code", words.say("region code"), "place"),
        Column("region_name", words.say("region")),
        Column("day", words.say(EVENT if is_event else STANDING), "short"),
        Column("amount", words.say("brings"), unit_of(found, part)),
        Column("load", words.say("load"), "rank"),
        Column("line", words.say("line of the file"), "rank"),
    ]
    rows = [
        {
            "table": table_label(view, row.table),
            "key": row.key,
            "region_code": place.code,
            "region_name": place.name or view.tree.root.name,
            "day": row.happened_on,
            "amount": row.amount,
            "load": row.load,
            "line": row.line,
        }
        for row in listed
        for place in [regions.of_row(row.region_id)]
    ]
    return Table(tuple(columns[0 if len(tables) > 1 else 1 :]), rows)


def origins(view: View) -> Drawing:
    """The loads and files that brought the rows which make the figure up, with how many each brought."""
    found = behind(view)
    part = chosen_part(view, found)
    with since_this_build(view):
        brought = found.origins(part.part)
    if not brought:
        raise Withheld("no_rows")
    if all(each.load is None for each in brought):
        raise Withheld("no_rows", view.words.say("These rows are settings of the policy: no load brought them."))
    return _lineage(view, found, part, brought)


_FILES: Final[Select[Any]] = select(load_file.c.file_id, load_file.c.file).where(load_file.c.file_id.is_not(None))
_LOADS: Final[Select[Any]] = select(load_mart.c.load, load_mart.c.data_date)


def _lineage(view: View, found: Behind, part: Listing, brought: Sequence[Origin]) -> Drawing:
    words, unit = view.words, unit_of(found, part)
    with since_this_build(view):
        files, days = dict(view.build.fetch(_FILES)), dict(view.build.fetch(_LOADS))
    columns = (
        Column("load", words.say("load"), "rank"),
        Column("day", words.say("data to"), "short"),
        Column("file", words.say("file"), "code"),
        Column("table", words.say("source table")),
        Column("rows", words.say("rows that count"), "rows"),
        Column("amount", words.say("bring together"), unit),
    )
    rows: list[Row] = [
        {
            "load": each.load,
            "day": days.get(each.load),
            "file": files.get(each.file_id, ""),
            "table": table_label(view, each.table),
            "rows": each.rows,
            "amount": each.amount,
        }
        for each in brought
    ]
    newest = max(each.load or 0 for each in brought)
    reading = words.say(
        "{files} files of {loads} loads brought these rows; the newest is load {load} with {rows} of them.",
        files=words.number(len(brought)),
        loads=words.number(len({each.load for each in brought})),
        load=str(newest),
        rows=words.number(sum(each.rows for each in brought if each.load == newest)),
    )
    cells: list[list[Any]] = [
        [
            _load_link(view, row["load"]),
            words.day(row["day"]) if row["day"] else "",
            html.Code(row["file"]),
            words.number(row["rows"]),
            words.exact(row["amount"], unit),
        ]
        for row in rows[:FILES_SHOWN]
    ]
    heads = [column.label for column in columns if column.name != "table"]
    return Drawing(
        reading,
        Table(columns, rows),
        body=listing(view, heads, cells, len(rows)),
        height=70 + 31 * len(cells),
        metrics=(found.metric.name,),
        choices=part_choices(view, found),
    )


def _load_link(view: View, load: int | None) -> Any:
    """The load's number, as a link to its account on the Data page."""
    if load is None:
        return ""
    selection = Selection(region=view.selection.region, where=(("load", str(load)),), lang=view.selection.lang)
    return dcc.Link(str(load), href="/data" + selection.search)
