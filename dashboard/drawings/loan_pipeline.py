"""Applications on their way: how many pass each stage, how long it takes, and with whom files lie now."""

from collections.abc import Mapping
from typing import Any, Final

from dash import html

from dashboard.components.bars import share_bar
from dashboard.components.picker import value_label
from dashboard.drawings.bullets import labelled_cell
from dashboard.language import message
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.parts import amounts_of
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.loan_pipeline import (
    APPLIED,
    APPROVED,
    DAYS_TO_DISBURSE,
    HOLDERS,
    PASSED,
    WAITING,
    WAITING_DAYS,
    WAITING_SINCE,
    WITHDRAWN,
)
from dashboard.view import View

BASE: Final = "loans_disbursed"  # asked as this metric is: by its filters
SPEED: Final = ("loan_decision_days", "loan_decided_within_1d", "loan_approval_rate")
PAID_OUT: Final = message("payment by the bank")


def pipeline(view: View) -> Drawing:
    """A row a stage: passed, days, files there now, the oldest of them."""
    applied = _one(view, APPLIED)
    rows = stages(view, applied)
    if not applied and not any(row["waiting"] for row in rows):
        raise Withheld("no_rows")
    words = view.words
    speed = view.figures(*SPEED)
    passed = words.say("passed")
    heads = (
        (words.say("stage"), ""), (passed, "number"), (words.say("of all applications"), "wide"),
        (words.say("days there (median)"), "number"), (words.say("files there now"), "number"),
        (words.say("longest there"), ""),
    )  # fmt: skip
    head = html.Tr([html.Th(label, scope="col", className=name) for label, name in heads])
    body = [_row(view, row) for row in rows]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="figure-table stacked stages")
    return Drawing(
        _reading(view, rows, speed),
        Table(_columns(view), rows),
        body=html.Div([_speed(view, speed, rows), html.Div(table, className="table-room", tabIndex=0)]),
        height=330,
        metrics=("loan_stage_days", *SPEED),
    )


def stages(view: View, applied: int) -> list[dict[str, Any]]:
    """The stages from the application to the payment, with what has passed and what lies there."""
    days = {row["stage"]: row["loan_stage_days"] for row in view.ask("loan_stage_days", by=("stage",))}
    waiting, since, typical = (_by_holder(view, measure) for measure in (WAITING, WAITING_SINCE, WAITING_DAYS))
    first = {"stage": view.words.say("applied"), "passed": applied, "share": 100.0 if applied else None}
    rows: list[dict[str, Any]] = [first | dict.fromkeys(("days_there", "waiting", "oldest", "longest", "typical"))]
    for holder in HOLDERS:
        passed = _one(view, PASSED[holder])
        oldest = since.get(holder)
        own = _one(view, DAYS_TO_DISBURSE, missing=None) if holder == "bank" else days.get(holder)
        rows.append(
            {
                "stage": holder_said(view, holder),
                "passed": passed,
                "share": 100 * passed / applied if applied else None,
                "days_there": None if own is None else float(own),
                "waiting": int(waiting.get(holder, 0)),
                "oldest": oldest,
                "longest": (view.period.end - oldest).days if oldest else None,
                "typical": typical.get(holder),
            }
        )
    rows[-2] |= {"approved": _one(view, APPROVED), "withdrawn": _one(view, WITHDRAWN)}
    return rows


def holder_said(view: View, holder: str) -> str:
    """The stage that a file is at; after the approval it lies with the bank."""
    return view.words.say(PAID_OUT) if holder == "bank" else value_label(view, "stage", holder)


def _one(view: View, measure: Any, missing: Any = 0) -> Any:
    return next(iter(amounts_of(view, BASE, measure).values()), missing)


def _by_holder(view: View, measure: Any) -> Mapping[str, Any]:
    return {str(key[2]): value for key, value in amounts_of(view, BASE, measure, extra=("holder",)).items()}


def _row(view: View, row: Row) -> html.Tr:
    words = view.words
    share, days, waiting = row["share"], row["days_there"], row["waiting"]
    bar = [share_bar(share), html.Span(words.value(share, "%"), className="score-said")] if share is not None else ""
    label: list[Any] = [row["stage"]]
    if row.get("approved") is not None:
        detail = words.say(
            "{approved} approved, {refused} not, {withdrawn} withdrawn before",
            approved=words.number(row["approved"]),
            refused=words.number(row["passed"] - row["approved"]),
            withdrawn=words.number(row["withdrawn"]),
        )
        label.append(html.Span(detail, className="fact-more"))
    longest: Any = ""
    if row["longest"] is not None:
        since = words.say("since {day}", day=words.day(row["oldest"]))
        longest = [words.with_unit(row["longest"], "days"), html.Span(since, className="fact-more")]
    return html.Tr(
        [
            html.Th(label, scope="row"),
            labelled_cell(words.say("passed"), words.number(row["passed"]), "number figure"),
            html.Td(html.Div(bar, className="share-cell"), className="wide"),
            labelled_cell(
                words.say("days there (median)"), "" if days is None else words.value(days, "days"), "number"
            ),
            labelled_cell(
                words.say("files there now"), "" if waiting is None else words.number(waiting), "number figure"
            ),
            labelled_cell(words.say("longest there"), longest),
        ]
    )


def _speed(view: View, speed: Row, rows: list[dict[str, Any]]) -> html.Dl:
    """How fast and how often: a few figures above the stages."""
    words = view.words
    facts = [(words.of(METRICS[name].label), words.with_unit(speed[name], METRICS[name].unit)) for name in SPEED]
    facts.append((words.say("Under way now"), words.with_unit(sum(row["waiting"] or 0 for row in rows), "loans")))
    return html.Dl([html.Div([html.Dt(name), html.Dd(said)]) for name, said in facts], className="facts-list")


def _columns(view: View) -> tuple[Column, ...]:
    words = view.words
    return (
        Column("stage", words.say("stage")),
        Column("passed", words.say("passed"), "loans"),
        Column("share", words.say("of all applications"), "%"),
        Column("days_there", words.of(METRICS["loan_stage_days"].label), "days"),
        Column("waiting", words.say("files there now"), "loans"),
        Column("oldest", words.say("oldest there since"), "short"),
        Column("longest", words.say("longest there"), "days"),
        Column("typical", words.say("half are there at least"), "days"),
    )


def _reading(view: View, rows: list[dict[str, Any]], speed: Row) -> str:
    words = view.words
    said = words.say(
        "Of {applied} applications of the period {paid} are paid out; a decision takes {days} at the median.",
        applied=words.number(rows[0]["passed"]),
        paid=words.number(rows[-1]["passed"]),
        days=words.with_unit(speed["loan_decision_days"], "days"),
    )
    waiting = [row for row in rows if row["longest"] is not None]
    if not waiting:
        return said
    oldest = max(waiting, key=lambda row: row["longest"])
    more = words.say(
        "The oldest file waits for: {stage}, {days} days.", stage=oldest["stage"], days=words.number(oldest["longest"])
    )
    return said + ("" if words.chinese else " ") + more
