"""Who holds the files: applications under way by region and by the stage at which they lie."""

from datetime import date
from typing import Any

from dash import dcc, html

from dashboard.components.picker import value_label
from dashboard.drawings.loan_pipeline import BASE
from dashboard.drawings.numbered import begun
from dashboard.panel import Column, Drawing, Table, Withheld
from dashboard.parts import amounts_of
from dashboard.semantics.loan_pipeline import HOLDERS, WAITING, WAITING_SINCE
from dashboard.view import View


def waiting(view: View) -> Drawing:
    """Who holds the files: regions down, stages across."""
    begun(view)
    found = amounts_of(view, BASE, WAITING, by=(view.level,), extra=("holder",), region=view.area)
    held = {(str(key[1]), str(key[2])): int(number) for key, number in found.items() if number}
    since: dict[str, date] = {}
    for key, day in amounts_of(
        view, BASE, WAITING_SINCE, by=(view.level,), extra=("holder",), region=view.area
    ).items():
        since[str(key[1])] = min(day, since.get(str(key[1]), day))
    words = view.words
    rows: list[dict[str, Any]] = [
        {
            "region_code": part.code,
            "region_name": part.name,
            **{f"at_{holder}": held.get((part.code, holder), 0) for holder in HOLDERS},
            "files": sum(held.get((part.code, holder), 0) for holder in HOLDERS),
            "longest": (view.period.end - since[part.code]).days if part.code in since else None,
        }
        for part in view.parts
    ]
    columns = (
        Column("region_code", words.say("code"), "place"),
        Column("region_name", words.say("region")),
        *(Column(f"at_{holder}", _held_by(view, holder), "loans") for holder in HOLDERS),
        Column("files", words.say("all"), "loans"),
        Column("longest", words.say("oldest, days"), "days"),
    )
    total = sum(row["files"] for row in rows)
    if not rows:
        raise Withheld("no_rows")
    most = max(rows, key=lambda row: row["files"])
    reading = words.say("No file is waiting here.")
    if total:
        reading = words.say(
            "{number} files are under way; most in {region} ({most}).",
            number=words.number(total),
            region=most["region_name"],
            most=words.number(most["files"]),
        )
    return Drawing(
        reading,
        Table(columns, rows, ("region_code", "region")),
        body=_holders(view, [row for row in rows if row["files"]] or rows),
        height=90 + 32 * len(rows),
        metrics=("loan_stage_days",),
    )


def _held_by(view: View, holder: str) -> str:
    """`社区审核`, and `银行放款` where the file only waits for the money."""
    return view.words.say("the bank") if holder == "bank" else value_label(view, "stage", holder)


def _holders(view: View, rows: list[dict[str, Any]]) -> html.Div:
    words = view.words
    heads = [words.say("region"), *(_held_by(view, holder) for holder in HOLDERS), words.say("all")]
    heads.append(words.say("oldest, days"))
    head = html.Tr([html.Th(label, scope="col", className="number" if at else "") for at, label in enumerate(heads)])
    body = [
        html.Tr(
            [
                html.Th(dcc.Link(row["region_name"], href=view.drill("region", row["region_code"])), scope="row"),
                *(html.Td(words.number(row[f"at_{holder}"]), className="number") for holder in HOLDERS),
                html.Td(words.number(row["files"]), className="number figure"),
                html.Td("" if row["longest"] is None else words.number(row["longest"]), className="number"),
            ],
            className="row-here" if row["region_code"] == view.region.code else "",
        )
        for row in rows
    ]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="figure-table")
    return html.Div(table, className="table-room", tabIndex=0)
