"""How often rows are held: of what was read, by load and by unit, where a row says which unit it is of."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from dash import dcc, html
from sqlalchemy import func

from dashboard.figures.bars import Series, layers
from dashboard.figures.theme import ACCENT
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.quality import Part, kept, loads_of, place_of, table_label
from dashboard.tally import Tally, by_part, tallied
from dashboard.view import View
from etl.marts.quality import unit_account

MANY: Final = 5.0  # percent: half of what makes a file be refused
_of: Final = unit_account.c
ACCOUNTS: Final = Tally(
    unit_account,
    (_of.load, _of.table_name),
    (func.sum(_of.read).label("read"), func.sum(_of.quarantined).label("quarantined")),
)


def _accounts(view: View) -> list[dict[str, Any]]:
    rows = kept(view, tallied(view, ACCOUNTS), table="table_name", load="load")
    if not rows:
        raise Withheld("no_rows", view.words.say("Loads count by region from the next one on."))
    return rows


def _rated(read: int, held: int) -> dict[str, Any]:
    return {"read": read, "held": held, "rate": 100 * held / read if read else None}


def _sum(rows: Sequence[Row]) -> dict[str, Any]:
    return _rated(sum(row["read"] for row in rows), sum(row["quarantined"] for row in rows))


def by_load(view: View) -> Drawing:
    """The share held of the rows that each load brought."""
    words, found = view.words, defaultdict[int, list[Row]](list)
    for row in _accounts(view):
        found[row["load"]].append(row)
    dates = {row["load"]: row["data_date"] for row in loads_of(view)}
    rows = [{"load": load, "data_date": dates.get(load), **_sum(found[load])} for load in sorted(found)]
    axis = words.axis([row["rate"] for row in rows], "%")
    said = [words.value(row["rate"], "%") for row in rows]
    names = [
        f"{row['data_date']:%Y-%m-%d}" if row["data_date"] else words.say("no. {number}", number=str(row["load"]))
        for row in rows
    ]
    figure = layers(names, [Series(words.say("share held"), [row["rate"] for row in rows], said, ACCENT)], axis,
                    [("load", str(row["load"])) for row in rows])  # fmt: skip
    figure["layout"]["xaxis"]["type"] = "category"
    whole = _sum([row for rows_ in found.values() for row in rows_])
    reading = words.say(
        "Of {read} rows that name a unit {held} were held when they came: {rate}; of the newest load {last}.",
        read=words.number(whole["read"]),
        held=words.number(whole["held"]),
        rate=words.value(whole["rate"], "%"),
        last=said[-1],
    )
    columns = (
        Column("load", words.say("load"), "rank"),
        Column("data_date", words.say("data to"), "short"),
        *_columns(view),
    )
    return Drawing(reading, Table(columns, rows, ("load", "load")), figure=figure, height=260)


def _columns(view: View) -> tuple[Column, ...]:
    words = view.words
    return (
        Column("read", words.say("rows read"), "rows"),
        Column("held", words.say("held"), "rows"),
        Column("rate", words.say("share held"), "%"),
    )


def by_unit(view: View) -> Drawing:
    """Tables down, units across: the share held of the rows that each delivered of each."""
    words = view.words
    parts = [(part, found) for part, found in by_part(view, _accounts(view)) if found]
    rates = {part.name: _sum(found)["rate"] or 0.0 for part, found in parts}
    worst, best = max(rates, key=lambda name: rates[name]), min(rates, key=lambda name: rates[name])
    if len(rates) == 1:
        reading = words.say("{name}: {rate} held.", name=worst, rate=words.value(rates[worst], "%"))
    else:
        reading = words.say(
            "Most is held of {worst} ({most}), least of {best} ({least}).",
            worst=worst,
            most=words.value(rates[worst], "%"),
            best=best,
            least=words.value(rates[best], "%"),
        )
    names = sorted({row["table_name"] for _, found in parts for row in found}, key=place_of)
    table = Table(
        (Column("label", words.say("region")), Column("table_said", words.say("table")), *_columns(view)),
        _by_table(view, parts),
    )
    return Drawing(reading, table, body=_matrix(view, names, parts), height=min(560, 110 + 33 * len(names)))


Parts = Sequence[tuple[Part, Sequence[Row]]]


def _by_table(view: View, parts: Parts) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = []
    for part, found in parts:
        rows.append({"label": part.name, "table_said": view.words.say("all tables"), **_sum(found)})
        for table in sorted({row["table_name"] for row in found}, key=place_of):
            own = _of_table(found, table)
            rows.append({"label": part.name, "table_said": view.words.of(table_label(table)), **_sum(own)})
    return rows


def _of_table(rows: Sequence[Row], name: str) -> list[Row]:
    return [row for row in rows if row["table_name"] == name]


def _matrix(view: View, names: Sequence[str], parts: Parts) -> html.Div:
    words = view.words
    heads = [
        html.Th(words.say("table"), scope="col"),
        html.Th(words.say("all units"), scope="col", className="cell-head"),
    ]
    for part, _ in parts:
        name: Any = dcc.Link(part.name, href=view.drill(*part.drill)) if part.drill else part.name
        heads.append(html.Th(name, scope="col", className="cell-head"))
    every = [row for _, found in parts for row in found]
    lines: list[tuple[str, Sequence[Row], list[Sequence[Row]]]] = [
        (words.say("all tables"), every, [found for _, found in parts])
    ]
    for name in names:
        own: list[Sequence[Row]] = [_of_table(found, name) for _, found in parts]
        lines.append((words.of(table_label(name)), _of_table(every, name), own))
    body = [
        html.Tr([html.Th(label, scope="row"), _cell(view, _sum(whole)), *(_cell(view, _sum(own)) for own in of_parts)])
        for label, whole, of_parts in lines
    ]
    table = html.Table(
        [html.Thead(html.Tr(heads)), html.Tbody(body)], className="figure-table worklist matrix table-ages"
    )
    return html.Div(table, className="table-room", tabIndex=0)


def _cell(view: View, shares: Mapping[str, Any]) -> html.Td:
    words, rate = view.words, shares["rate"]
    if rate is None:
        return html.Td(words.say("none"), className="cell cell-none muted")
    state = "behind" if rate >= MANY else "watch" if rate else "met"
    said = {"held": words.number(shares["held"]), "read": words.number(shares["read"])}
    title = words.say("{held} of {read} rows", **said)
    figure = html.Span(words.value(rate, "%") if rate else "0", className="cell-figure")
    return html.Td(html.Span(figure, className=f"cell-link mark-{state}", title=title), className="cell")
