"""Findings on subsidies and what became of them: by kind or by region, how many, how much, what has come back."""

from collections.abc import Sequence
from typing import Any, Final

from dash import dcc, html

from dashboard.cases.book import CaseBook
from dashboard.cases.case import STATE_LABELS, STATES, Case, Tally, tally, unkept
from dashboard.cases.findings import LABELS, SUBSIDIES, NotInBuildError, findings, lies_within
from dashboard.cases.rows import case_table, place_of, row_said
from dashboard.components.picker import breakdown_label
from dashboard.drawings.numbered import listing, nothing_left
from dashboard.panel import Choice, Column, Drawing, Row, Table, Withheld
from dashboard.view import View

SPLITS: Final = ("kind", "region")
LISTED: Final = 12


def doubts(view: View) -> Drawing:
    """Cases by finding (or by region) and state, with the money in doubt and what has been recovered."""
    words, inside = view.words, view.region.code
    cases = [case for case in _cases(view) if lies_within(view.build, case.region_code, inside)]
    counted = [case for case in cases if case.in_doubt != 0]
    by = "region" if view.selection.by == "region" else "kind"
    groups = _by_region(view, counted) if by == "region" else _by_kind(view, counted)
    columns = (
        Column("label", words.say("region") if by == "region" else words.say("finding")),
        *(Column(state, words.say(STATE_LABELS[state]), "rank") for state in STATES),
        Column("in_doubt", words.say("in doubt"), "yuan"),
        Column("recovered_amount", words.say("recovered so far"), "yuan"),
    )
    rows = [row for row in groups if any(row[state] for state in STATES)]
    table = Table(columns, rows, ("region_code", "region"))
    choices = tuple(
        Choice(
            breakdown_label(view, name) if name == "region" else words.say("finding"),
            view.drill("by", name),
            name == by,
        )
        for name in SPLITS
    )
    if not rows:
        said = words.say("No payment here is in doubt.")
        return Drawing(said, table, body=html.P(said, className="all-done"), height=80, choices=choices)
    whole = _row(words.say("all together"), counted)
    body = html.Div(
        [_matrix(view, columns, [*rows, whole]), *_foot(view, len(cases) - len(counted))], className="doubts"
    )
    reading = _reading(view, tally(counted), whole)
    return Drawing(reading, table, body=body, height=110 + 34 * len(rows), choices=choices)


def open_cases(view: View) -> Drawing:
    """The open cases, those with most in doubt first, for those who may see rows."""
    if not view.build.scope.rows:
        raise Withheld("not_allowed")
    words, inside = view.words, view.region.code
    found = [
        case
        for case in _cases(view)
        if case.state == "open" and case.in_doubt != 0 and lies_within(view.build, case.region_code, inside)
    ]
    table = case_table(view, found, "kind", "row", "region_code", "place", "amount", "in_doubt", "recovered")
    if not found:
        return Drawing(words.say("No case here is open."), table, body=nothing_left(view), height=80)
    heads = (words.say("Case"), words.say("finding"), words.say("number of the row"), words.say("region"))
    listed = [
        [
            _case_link(view, case),
            words.say(LABELS[case.finding]),
            html.Code(row_said(view, case)),
            place_of(view, case.region_code),
            words.value(case.in_doubt, "yuan"),
        ]
        for case in found[:LISTED]
    ]
    reading = words.say(
        "{number} cases are open; most is in doubt in {row} ({amount}).",
        number=words.number(len(found)),
        row=row_said(view, found[0]),
        amount=words.value(found[0].in_doubt, "yuan"),
    )
    body = listing(view, (*heads, words.say("in doubt")), listed, len(found))
    return Drawing(reading, table, body=body, height=70 + 31 * len(listed))


def _case_link(view: View, case: Case) -> Any:
    """The case's number with the way to it; without a state database there is no page of it."""
    if not case.number:
        return "—"
    language = "" if view.words.chinese else "?lang=en"
    return html.A(str(case.number), href=f"/cases/{case.number}{language}")


def _cases(view: View) -> list[Case]:
    """Cases of subsidies within the reader's scope; without a state database every finding is an open one."""
    try:
        found = unkept(findings(view.build)) if view.state is None else CaseBook(view.state).seen(view.build)
    except NotInBuildError:
        raise Withheld("unavailable", view.words.say("The next load brings the cases.")) from None
    return [case for case in found if case.finding in SUBSIDIES]


def _row(label: str, cases: Sequence[Case], **more: Any) -> dict[str, Any]:
    sums = tally(cases)
    counts: dict[str, Any] = {state: sum(case.state == state for case in cases) for state in STATES}
    return {"label": label, **counts, "in_doubt": sums.in_doubt, "recovered_amount": sums.recovered, **more}


def _by_kind(view: View, cases: Sequence[Case]) -> list[dict[str, Any]]:
    return [
        _row(view.words.say(LABELS[kind]), [case for case in cases if case.finding == kind], finding=kind)
        for kind in SUBSIDIES
    ]


def _by_region(view: View, cases: Sequence[Case]) -> list[dict[str, Any]]:
    """The regions right below, and what belongs to the region in view itself, as a city's budget line does."""
    parts = {part.code: part for part in view.tree.children(view.region)}
    rows = []
    left = list(cases)
    for code, part in parts.items():
        own = [case for case in left if lies_within(view.build, case.region_code, code)]
        rows.append(_row(part.name, own, region_code=code))
        left = [case for case in left if case not in own]
    return [*rows, _row(view.region.name, left, region_code=view.region.code)]


def _matrix(view: View, columns: Sequence[Column], rows: Sequence[Row]) -> html.Div:
    head = html.Tr(
        [html.Th(column.label, scope="col", className="number" if at else "") for at, column in enumerate(columns)]
    )
    body = [
        html.Tr(
            [
                html.Th(_label(view, row), scope="row"),
                *(_count(view, row, state) for state in STATES),
                *_money(view, row),
            ],
            className="sum-row" if at == len(rows) - 1 else "",
        )
        for at, row in enumerate(rows)
    ]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="figure-table")
    return html.Div(table, className="table-room", tabIndex=0)


def _label(view: View, row: Row) -> Any:
    if "region_code" in row and row["region_code"] != view.region.code:
        return dcc.Link(row["label"], href=view.drill("region", row["region_code"]))
    return row["label"]


def _count(view: View, row: Row, state: str) -> html.Td:
    """A number, for those who may see rows a link to its cases."""
    number = row[state]
    said: Any = view.words.number(number) if number else "—"
    if number and view.build.scope.rows:
        asked = {"kind": row.get("finding"), "state": state, "region": _short(view, row.get("region_code"))}
        search = "&".join(f"{name}={value}" for name, value in asked.items() if value)
        language = "" if view.words.chinese else "&lang=en"
        said = html.A(said, href=f"/cases?{search}{language}", className=f"count-{state}")
    return html.Td(said, className="number figure" if number else "number none")


def _short(view: View, code: str | None) -> str:
    """The region that the list is narrowed to: none for all that the reader sees."""
    region = view.tree.find(code) if code else view.region
    return "" if region.code == view.tree.root.code else region.short_code


def _money(view: View, row: Row) -> list[html.Td]:
    said = [view.words.value(row[name], "yuan") for name in ("in_doubt", "recovered_amount")]
    return [html.Td(each, className="number figure") for each in said]


def _foot(view: View, beside: int) -> list[Any]:
    words = view.words
    parts: list[Any] = []
    if beside:
        more = words.say(
            "{number} more payments belong to these without anything of theirs being in doubt.",
            number=words.number(beside),
        )
        parts.append(html.P(more, className="muted left-out"))
    if view.build.scope.rows:
        search = _short(view, None)
        query = "&".join(filter(None, [f"region={search}" if search else "", "" if words.chinese else "lang=en"]))
        parts.append(
            html.A(words.say("To the cases"), href="/cases" + (f"?{query}" if query else ""), className="foot-link")
        )
    return parts


def _reading(view: View, sums: Tally, whole: Row) -> str:
    words = view.words
    return words.say(
        "{number} cases with {amount} in doubt: {open} are to be looked into, {recovered} has come back.",
        number=words.number(sums.number),
        amount=words.value(sums.in_doubt, "yuan"),
        open=words.number(whole["open"]),
        recovered=words.value(sums.recovered, "yuan"),
    )
