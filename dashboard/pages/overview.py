"""Overview 总览: are we on track, where is the trouble, how fresh is it."""

from typing import Any

from dash import dcc, html
from sqlalchemy import func, select

from dashboard.components.marks import state_mark
from dashboard.drawings.goals import matrix, one_issuer
from dashboard.drawings.headlines import Headline, headlines
from dashboard.language import message
from dashboard.panel import Column, Drawing, Page, Panel, Table
from dashboard.semantics.catalogue import METRICS
from dashboard.view import View
from etl.marts.region import finding

SIX = (
    Headline("placed", "/targets"),
    Headline("posts_developed", "/targets"),
    Headline("placed_4050", "/targets"),
    Headline("unemployment_rate", "/targets", beside="unemployed"),
    Headline("loan_outstanding", "/loans", beside="par_30"),
    Headline("budget_execution", "/subsidies", beside="subsidy_spend"),
)
PAR_ALERT = 5.0  # percent of the outstanding amount more than 30 days late
MOST = 6


def _headlines(view: View) -> Drawing:
    return headlines(view, SIX, with_targets=True)


def _matrix(view: View) -> Drawing:
    return matrix(view, "/targets")


def _attention(view: View) -> Drawing:
    """The most serious first: targets furthest behind, arrears above the alert, then doubtful rows."""
    alerts = [*_behind(view), *_arrears(view), *_findings(view)]
    words = view.words
    rows = [{"kind": alert["kind"], "text": alert["text"]} for alert in alerts]
    table = Table((Column("kind", words.say("kind")), Column("text", words.say("what"))), rows)
    if not alerts:
        return Drawing(
            words.say("Nothing needs attention here today."), table, body=html.Div(className="quiet"), height=80
        )
    items = [
        html.Li(
            [state_mark(alert["state"], words, short=True), dcc.Link(alert["text"], href=alert["href"])],
            className="alert",
        )
        for alert in alerts[: MOST * 2]
    ]
    reading = words.say(
        "{number} things need attention; the most serious come first.", number=words.number(len(alerts))
    )
    return Drawing(reading, table, body=html.Ul(items, className="alerts"), height=300)


def _behind(view: View) -> list[dict[str, Any]]:
    codes = {region.code for region in (*view.parts, view.region)}
    held = one_issuer(target for target in view.targets(view.area) if target.region_code in codes)
    late = [target for target in held if target.state == "behind"]
    late.sort(key=lambda target: float(target.lead) if target.lead is not None else 0.0)
    return [
        {
            "kind": view.words.say("Targets"),
            "state": target.state,
            "text": _behind_said(view, target),
            "href": _target_href(view, target),
        }
        for target in late[:MOST]
    ]


def _behind_said(view: View, target: Any) -> str:
    words, metric = view.words, METRICS[target.indicator]
    place = {"region": view.tree.find(target.region_code).name, "indicator": words.of(metric.label)}
    if target.lead is None:
        return words.say(
            "{region}: {indicator} is {actual}, the target {value}.",
            actual=words.value(target.actual, metric.unit),
            value=words.value(target.value, metric.unit),
            **place,
        )
    return words.say(
        "{region}: {indicator} is {lead} against the pace, {done} done.",
        lead=words.points(float(target.lead)),
        done=words.value(target.completion, "%"),
        **place,
    )


def _target_href(view: View, target: Any) -> str:
    return view.href(view.selection.but(region=target.region_code, indicator=target.indicator), "/targets")


def _arrears(view: View) -> list[dict[str, Any]]:
    words = view.words
    rows = [
        row
        for row in view.ask("par_30", by=(view.level,), region=view.area)
        if row["par_30"] is not None and float(row["par_30"]) > PAR_ALERT
    ]
    rows.sort(key=lambda row: -float(row["par_30"]))
    return [
        {
            "kind": words.say("Loans"),
            "state": "behind",
            "text": words.say(
                "{region}: {share} of the loans outstanding is more than 30 days late.",
                region=row["region_name"],
                share=words.value(row["par_30"], "%"),
            ),
            "href": view.drill("region", row["region_code"], "/loans"),
        }
        for row in rows[: MOST // 2]
    ]


def _findings(view: View) -> list[dict[str, Any]]:
    counted = view.build.fetch(
        select(finding.c.finding, func.count())
        .where(_within(view))
        .group_by(finding.c.finding)
        .order_by(func.count().desc())
    )
    words = view.words
    return [
        {
            "kind": words.say("Data"),
            "state": "watch",
            "text": words.say(
                "{number} rows are marked “{finding}”.", number=words.number(count), finding=finding_label(view, name)
            ),
            "href": view.href(view.selection, "/methods"),
        }
        for name, count in counted[: MOST // 2]
    ]


def _within(view: View) -> Any:
    column = {
        "district": finding.c.district_code,
        "street": finding.c.street_code,
        "community": finding.c.region_code,
    }.get(view.region.level)
    return finding.c.finding.is_not(None) if column is None else column == view.region.code


def finding_label(view: View, name: str) -> str:
    """A finding's code in the reader's words; a code without words stands for itself."""
    return view.words.say(FINDINGS.get(name, name))


FINDINGS = {
    "region_mismatch": message("region code and name disagree"),
    "subsidy_overlap": message("subsidies overlap"),
    "subsidy_without_job": message("subsidy without a job"),
    "subsidy_over_age": message("subsidy above working age"),
    "subsidy_over_duration": message("subsidy longer than allowed"),
    "loan_over_cap": message("loan above the cap"),
    "loan_over_term": message("loan longer than allowed"),
    "loan_over_fund_capacity": message("loans above what the fund may carry"),
    "repaid_more_than_owed": message("more repaid than owed"),
}


def _freshness(view: View) -> Drawing:
    """The data date, the load, and how many rows the newest marts hold of the figures at the head."""
    words = view.words
    [(findings,)] = view.build.fetch(select(func.count()).select_from(finding))
    facts = [
        (words.say("data to"), words.day(view.data_date)),
        (words.say("load"), str(view.build.load)),
        (words.say("figures as at"), words.day(view.as_of)),
        (words.say("regions"), words.number(len(view.tree.by_code))),
        (words.say("findings open"), words.number(findings)),
    ]
    body = html.Dl([html.Div([html.Dt(label), html.Dd(said)]) for label, said in facts], className="facts-list")
    table = Table(
        (Column("what", words.say("what")), Column("said", words.say("value"))),
        [{"what": label, "said": said} for label, said in facts],
    )
    return Drawing(
        words.say("The figures hold what was delivered up to {day}.", day=words.day(view.data_date)),
        table,
        body=body,
        height=200,
    )


PAGE = Page(
    name="overview",
    path="/",
    title=message("Overview"),
    lead=message("Are we on track, where is the trouble, how fresh is it."),
    panels=(
        Panel(
            "headlines",
            message("Headline figures"),
            message("Value, target with the pace, change, twelve months"),
            (*(each.metric for each in SIX), *(each.beside for each in SIX if each.beside)),
            _headlines,
            span=8,
            height=330,
        ),
        Panel(
            "attention",
            message("Needs attention"),
            message("The most serious first"),
            ("par_30",),
            _attention,
            span=4,
            height=330,
        ),
        Panel(
            "matrix",
            message("Targets by region"),
            message("State and completion of every target; a cell leads to it"),
            (),
            _matrix,
            span=12,
            height=240,
        ),
        Panel(
            "freshness", message("Freshness"), message("What the figures rest on"), (), _freshness, span=12, height=90
        ),
    ),
)
