"""Who holds the files: applications under way by region or breakdown, and by the stage at which they lie."""

from datetime import date
from typing import Any

from dash import dcc, html

from dashboard.components.picker import value_label
from dashboard.drawings.areas import heading, split_by
from dashboard.drawings.loan_pipeline import BASE
from dashboard.drawings.numbered import begun
from dashboard.drawings.split import amounts_by, group_drill, group_said, is_here
from dashboard.panel import Column, Drawing, Table, Withheld
from dashboard.semantics.loan_pipeline import HOLDERS, WAITING, WAITING_SINCE
from dashboard.view import View


def waiting(view: View) -> Drawing:
    """Regions or groups down, stages across."""
    begun(view)
    rows, words = _rows(view), view.words
    if not rows:
        raise Withheld("no_rows")
    by = split_by(view, BASE)
    columns = (
        Column("label", heading(view, by)),
        *(Column(f"at_{holder}", held_by(view, holder), "loans") for holder in HOLDERS),
        Column("files", words.say("all"), "loans"),
        Column("longest", words.say("oldest, days"), "days"),
    )
    total, most = sum(row["files"] for row in rows), max(rows, key=lambda row: row["files"])
    reading = words.say("No file is waiting here.")
    if total:
        reading = words.say(
            "Files under way: {number}; most in {region} ({most}).",
            number=words.number(total),
            region=most["label"],
            most=words.number(most["files"]),
        )
    return Drawing(
        reading,
        Table(columns, rows, ("drill", "region" if by == view.level else by)),
        body=_holders(view, [row for row in rows if row["files"]] or rows),
        height=90 + 32 * len(rows),
        metrics=("loan_stage_days",),
    )


def _rows(view: View) -> list[dict[str, Any]]:
    held = {key: int(number) for key, number in amounts_by(view, BASE, WAITING, "holder").items() if number}
    since: dict[Any, date] = {}
    for (group, _), day in amounts_by(view, BASE, WAITING_SINCE, "holder").items():
        since[group] = min(day, since.get(group, day))
    regions = [part.code for part in view.parts]
    groups: list[Any] = regions if split_by(view, BASE) == view.level else sorted(since, key=str)
    return [
        {
            "drill": group_drill(view, BASE, group)[1],
            "label": group_said(view, BASE, group),
            "here": is_here(view, BASE, group),
            **{f"at_{holder}": held.get((group, holder), 0) for holder in HOLDERS},
            "files": sum(held.get((group, holder), 0) for holder in HOLDERS),
            "longest": (view.period.end - since[group]).days if group in since else None,
        }
        for group in groups
    ]


def held_by(view: View, holder: str) -> str:
    """The stage at which a file lies; after the approval it waits for the bank."""
    return view.words.say("the bank") if holder == "bank" else value_label(view, "stage", holder)


def _holders(view: View, rows: list[dict[str, Any]]) -> html.Div:
    words, by = view.words, split_by(view, BASE)
    dimension = "region" if by == view.level else by
    heads = [heading(view, by), *(held_by(view, holder) for holder in HOLDERS), words.say("all")]
    heads.append(words.say("oldest, days"))
    head = html.Tr([html.Th(label, scope="col", className="number" if at else "") for at, label in enumerate(heads)])
    body = [
        html.Tr(
            [
                html.Th(dcc.Link(row["label"], href=view.drill(dimension, row["drill"])), scope="row"),
                *(html.Td(words.number(row[f"at_{holder}"]), className="number") for holder in HOLDERS),
                html.Td(words.number(row["files"]), className="number figure"),
                html.Td("" if row["longest"] is None else words.number(row["longest"]), className="number"),
            ],
            className="row-here" if row["here"] else "",
        )
        for row in rows
    ]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="figure-table")
    return html.Div(table, className="table-room", tabIndex=0)
