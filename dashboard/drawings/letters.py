"""The letters of objectives: who gave which target when, by which document, and how it was revised."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import duckdb
from dash import html
from sqlalchemy import bindparam, select

from dashboard.drawings.bullets import labelled_cell
from dashboard.drawings.goals import ISSUER, issuer_said
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.targets import adds_up
from dashboard.view import View
from etl.marts.subsidies import letter
from etl.tables.targets import TARGETS

_OF_REGION = select(letter).where(letter.c.target_year == bindparam("year"), letter.c.region_code == bindparam("code"))


def letters(view: View) -> Drawing:
    """Every target of the region in view and every revision of it, the newest of each first."""
    rows = _letters(view)
    if not rows:
        raise Withheld("no_rows")
    words = view.words
    heads = (
        ("indicator", words.say("indicator"), ""), ("issuer", words.of(ISSUER), ""),
        ("version", words.say("version"), ""), ("value", words.say("target"), "number"),
        ("change", words.say("change"), "number"),
        ("document_no", words.of(TARGETS.column("document_no")), ""),
        ("signed_on", words.of(TARGETS.column("signed_on")), ""), ("owner", words.of(TARGETS.column("owner")), ""),
    )  # fmt: skip
    head = html.Tr([html.Th(label, scope="col", className=kind) for _, label, kind in heads])
    body = [
        html.Tr(
            [
                html.Th(row["indicator_said"], scope="row"),
                *(labelled_cell(label, row[f"{name}_said"], kind) for name, label, kind in heads[1:]),
            ],
            className="superseded" if row["superseded"] else "",
        )
        for row in rows
    ]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="figure-table stacked letters")
    return Drawing(
        _reading(view, rows),
        _table(view, rows),
        body=html.Div(table, className="table-room", tabIndex=0),
        height=60 + 38 * len(rows),
        metrics=tuple(dict.fromkeys(row["indicator"] for row in rows)),
    )


def _letters(view: View) -> list[Row]:
    names = [column.name for column in letter.columns]
    try:
        rows = view.build.fetch(_OF_REGION, year=view.period.start.year, code=view.region.code)
    except duckdb.CatalogException:  # a build of before this mart
        raise Withheld("unavailable", view.words.say("The next load brings this list.")) from None
    found = [dict(zip(names, row, strict=True)) for row in rows]
    order = {name: (not adds_up(METRICS[name]), place) for place, name in enumerate(METRICS)}
    known = [row for row in found if row["indicator"] in order]
    known.sort(key=lambda row: (order[row["indicator"]], row["issuer"] != "city", row["issuer"], -row["revision"]))
    earlier = {(row["indicator"], row["issuer"], row["revision"]): float(row["value"]) for row in known}
    return [_said(view, row, earlier) for row in known]


def _said(view: View, row: dict[str, Any], values: dict[tuple[str, str, int], float]) -> Row:
    words, metric = view.words, METRICS[row["indicator"]]
    same = sorted(revision for name, issuer, revision in values if (name, issuer) == (row["indicator"], row["issuer"]))
    place = same.index(row["revision"])
    value = float(row["value"])
    change = value - values[row["indicator"], row["issuer"], same[place - 1]] if place else None
    said = "" if change is None else words.value(change, metric.unit)
    return row | {
        "value": value,
        "change": change,
        "superseded": row["revision"] != same[-1],
        "indicator_said": words.of(metric.label),
        "issuer_said": issuer_said(view, row["issuer"]),
        "version_said": _version(view, row["revision"], last=row["revision"] == same[-1]),
        "value_said": words.value(value, metric.unit),
        "change_said": f"+{said}" if change is not None and change > 0 else said,
        "document_no_said": row["document_no"] or words.say("no number"),
        "signed_on_said": words.day(row["signed_on"]),
        "owner_said": row["owner"] or "",
    }


def _version(view: View, revision: int, *, last: bool) -> str:
    words = view.words
    name = words.say("first letter") if revision == 0 else words.say("revision {number}", number=words.number(revision))
    return name if last else words.say("{name}, no longer in force", name=name)


def _reading(view: View, rows: Sequence[Row]) -> str:
    words = view.words
    valid = [row for row in rows if not row["superseded"]]
    revised = [row for row in rows if row["revision"] > 0]
    issuers = words.listed(list(dict.fromkeys(row["issuer_said"] for row in valid)))
    if not revised:
        return words.say(
            "{count} targets are in force, issued by: {issuers}; none was revised.",
            count=words.number(len(valid)),
            issuers=issuers,
        )
    newest = max(revised, key=lambda row: row["signed_on"] or date.min)
    return words.say(
        "{count} targets are in force, issued by: {issuers}; last revised was {indicator} on {day} ({document}).",
        count=words.number(len(valid)),
        issuers=issuers,
        indicator=newest["indicator_said"],
        day=newest["signed_on_said"],
        document=newest["document_no_said"],
    )


def _table(view: View, rows: Sequence[Row]) -> Table:
    words = view.words
    columns = (
        Column("indicator_said", words.say("indicator")),
        Column("issuer_said", words.of(ISSUER)),
        Column("version_said", words.say("version")),
        Column("value", words.say("target"), "score"),
        Column("change", words.say("change"), "score"),
        Column("document_no_said", words.of(TARGETS.column("document_no"))),
        Column("signed_on_said", words.of(TARGETS.column("signed_on"))),
        Column("owner_said", words.of(TARGETS.column("owner")), "long"),
        Column("load", words.say("load"), "rank"),
    )
    return Table(columns, rows)
