"""Needs attention: what is most serious here, as sentences that lead to where it can be seen."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from dash import dcc, html
from sqlalchemy import Select, bindparam, func, select

from dashboard.components.marks import state_mark
from dashboard.drawings.goals import one_issuer, targets_side_by_side
from dashboard.drawings.heat import distance
from dashboard.panel import Column, Drawing, Table
from dashboard.period import Period
from dashboard.quality import filter_value
from dashboard.regions import Region
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.targets import Target
from dashboard.view import View
from etl.marts.region import finding
from etl.marts.region import region as region_mart
from etl.marts.registry import zero_household

SHOWN: Final = 7
PAR_ALERT: Final = 5.0  # percent of the outstanding amount more than 30 days late
LATE_ALERT: Final = 90.0  # percent of the reports of the last month on time
WATCH: Final = 5.0  # points: one step of seriousness
TEN: Final = 10  # households past their term are as bad as five points more
FINDING: Final = 0.5  # doubtful rows stand after whatever has missed its mark


@dataclass(frozen=True)
class Alert:
    """One thing: `weight` says how serious it is (1: as bad as five points behind the pace)."""

    kind: str
    weight: float
    state: str
    text: str
    href: str


def attention(view: View) -> Drawing:
    """The most serious first: targets, arrears, households, reports, then doubtful rows."""
    words = view.words
    found = sorted(_alerts(view), key=lambda alert: -alert.weight)
    table = Table(
        (Column("kind", words.say("kind")), Column("text", words.say("what"), "long")),
        [{"kind": alert.kind, "text": alert.text} for alert in found],
    )
    if not found:
        calm = html.P(words.say("Every target keeps its pace, no loans or reports are late."), className="calm")
        return Drawing(words.say("Nothing needs attention here today."), table, body=calm, height=80)
    items = [
        html.Li(
            [
                state_mark(alert.state, words, short=True),
                dcc.Link(alert.text, href=alert.href),
            ],
            className="alert",
        )
        for alert in found[:SHOWN]
    ]
    if len(found) > SHOWN:
        rest = words.say("and {number} more, in the table", number=words.number(len(found) - SHOWN))
        items.append(html.Li(rest, className="alert alert-rest muted"))
    reading = words.say("{number} things need attention; the most serious come first.", number=words.number(len(found)))
    return Drawing(reading, table, body=html.Ul(items, className="alerts"), height=320)


def _alerts(view: View) -> Iterator[Alert]:
    yield from _behind(view)
    yield from _arrears(view)
    yield from _households(view)
    yield from _reports(view)
    yield from _findings(view)


def _behind(view: View) -> Iterator[Alert]:
    for target in one_issuer(view.targets((*view.parts, view.region))):
        if target.state == "behind":
            weight = -distance(target)[1] / WATCH
            selection = view.selection.but(region=target.region_code, indicator=target.indicator)
            yield Alert(
                view.words.say("Targets"), weight, target.state, _said(view, target), view.href(selection, "/targets")
            )


def _said(view: View, target: Target) -> str:
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


def _arrears(view: View) -> Iterator[Alert]:
    """Where more than PAR_ALERT percent of the loans is late; a region that has a target for it is told of by that."""
    words = view.words
    told = {target.region_code for target in targets_side_by_side(view) if target.indicator == "par_30"}
    for row in view.ask("par_30", by=(view.level,), region=view.area):
        share = row["par_30"]
        if share is None or float(share) <= PAR_ALERT or row["region_code"] in told:
            continue
        text = words.say(
            "{region}: {share} of the loans outstanding is more than 30 days late.",
            region=row["region_name"],
            share=words.value(share, "%"),
        )
        href = view.drill("region", row["region_code"], "/loans")
        yield Alert(words.say("Loans"), float(share) / PAR_ALERT, "behind", text, href)


def _households(view: View) -> Iterator[Alert]:
    """Zero-employment households that have stood open beyond their term."""
    words = view.words
    for region, count in _counted(view, _PAST_TERM, day=view.as_of):
        text = words.say(
            "{region}: {number} zero-employment households have waited beyond their term.",
            region=region.name,
            number=words.number(count),
        )
        late = view.selection.but(region=region.code, section="households", indicator="zero_households_overdue")
        href = view.href(late, "/registry")
        yield Alert(words.say("Assistance"), 1.0 + count / TEN, "behind", text, href)


def _counted(view: View, statement: Select[Any], **values: Any) -> list[tuple[Region, int]]:
    """The counts of a statement by region code, summed over the regions side by side that the reader may see."""
    places = {region.code: region for region in view.parts}
    sums: dict[str, int] = {}
    for code, count in view.build.fetch(statement, **values):
        if code in view.tree.by_code:
            for region in view.tree.path(view.tree.find(code)):
                if region.code in places:
                    sums[region.code] = sums.get(region.code, 0) + int(count)
    return [(places[code], count) for code, count in sums.items()]


def _reports(view: View) -> Iterator[Alert]:
    """Where fewer than LATE_ALERT percent of the last month's reports came on time."""
    words, metric = view.words, "reporting_on_time"
    month = Period(view.as_of.replace(day=1), view.as_of)
    for row in view.ask(metric, by=(view.level,), region=view.area, period=month):
        share = row[metric]
        if share is None or float(share) >= LATE_ALERT:
            continue
        text = words.say(
            "{region}: {share} of the reports due in {month} came on time.",
            region=row["region_name"],
            share=words.value(share, "%"),
            month=words.month_of_year(f"{month.start:%Y-%m}"),
        )
        href = view.drill("region", row["region_code"])
        weight = (LATE_ALERT - float(share)) / (4 * WATCH)
        yield Alert(words.say("Reports"), weight, "watch", text, href)


def _findings(view: View) -> Iterator[Alert]:
    """Each kind of doubtful rows within the region in view, the most frequent first."""
    words, counted = view.words, Counter[str]()
    for name, code, count in view.build.fetch(_FOUND):
        if code in view.tree.by_code and view.tree.is_inside(view.tree.find(code), view.region):
            counted[name] += count
    for place, (name, count) in enumerate(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))):
        text = words.say(
            "Rows marked “{finding}”: {number}.",
            number=words.number(count),
            finding=filter_value(words, "finding", name),
        )
        href = view.href(view.selection.but(section="findings", where=(("finding", name),)), "/data")
        yield Alert(words.say("Data"), FINDING / (place + 1), "watch", text, href)


_PAST_TERM: Final = (
    select(region_mart.c.region_code, func.count())
    .join_from(zero_household, region_mart, zero_household.c.region_id == region_mart.c.region_id)
    .where(zero_household.c.term_ends_on < bindparam("day"), zero_household.c.cleared_on > bindparam("day"))
    .where(zero_household.c.identified_on <= bindparam("day"))
    .group_by(region_mart.c.region_code)
)
_FOUND: Final = select(finding.c.finding, finding.c.region_code, func.count()).group_by(
    finding.c.finding, finding.c.region_code
)
