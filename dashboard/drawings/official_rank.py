"""A region's place in the official ranking of the last full quarter, with the score of each criterion."""

from collections.abc import Sequence
from typing import Any, Final

from dash import dcc, html

from dashboard.components.bars import share_bar
from dashboard.drawings.ranked import ranked, reason_said
from dashboard.panel import Column, Drawing, Table, Withheld
from dashboard.period import newest_quarter
from dashboard.ranking.ranking import Place, RankedUnit
from dashboard.ranking.reading import LEVELS
from dashboard.semantics.dimension import TOP
from dashboard.view import View

BEST_SHOWN: Final = 10


def official_rank(view: View) -> Drawing:
    """Of a district, street or community its own place; of the city, which has none, its best communities."""
    level = view.region.level if view.region.level in LEVELS else "community"
    quarter = newest_quarter(view.as_of)
    found = ranked(view.build, quarter, level)
    path = view.href(view.selection.but(period=None, level=None if level == "community" else level), "/ranking")
    own = found.unit(view.region.code)
    if own is not None:
        return _own(view, own, found.number, path)
    best = found.best_places(BEST_SHOWN)
    if not best or view.region.level not in (TOP, "city"):
        raise Withheld("no_rows")
    return _best(view, best)


def _own(view: View, unit: RankedUnit, number: int, path: str) -> Drawing:
    words = view.words
    period = words.period(newest_quarter(view.as_of))
    rows = [
        {"label": words.of(each.label), "score": each.score, "weight": each.weight, "contribution": each.contribution}
        for each in unit.criteria
    ]
    columns = (
        Column("label", words.say("criterion")),
        Column("score", words.say("score of 100"), "score"),
        Column("weight", words.say("weight"), "%"),
        Column("contribution", words.say("points"), "score"),
    )
    if unit.rank is None:
        why = words.listed([reason_said(view, reason) for reason in unit.reasons])
        said = words.say("{name} is not ranked in {period}: {reason}.", name=unit.name, period=period, reason=why)
        return Drawing(said, Table(columns, rows), body=html.P(said, className="rank-none"), height=120)
    said = words.say(
        "{name}: rank {rank} of {number} in {period} with {score} points, likely between {low} and {high}.",
        name=unit.name,
        rank=str(unit.rank),
        number=words.number(number),
        period=period,
        score=words.number(float(unit.score or 0), 2),
        low=str(unit.low),
        high=str(unit.high),
    )
    head = dcc.Link(
        [
            html.Span(str(unit.rank), className="rank-own"),
            html.Span(f"/ {number}", className="rank-of"),
            html.Span(
                [words.number(float(unit.score or 0), 2), html.Small(words.say("points"))], className="rank-score"
            ),
        ],
        href=path,
        className="rank-head",
    )
    bars = html.Ul([_criterion(view, row) for row in rows], className="rank-criteria")
    return Drawing(said, Table(columns, rows), body=html.Div([head, bars]), height=90 + 34 * len(rows))


def _criterion(view: View, row: dict[str, Any]) -> html.Li:
    score = view.words.number(row["score"], 1)
    return html.Li([html.Span(row["label"]), share_bar(row["score"] or 0.0), html.Span(score, className="number")])


def _best(view: View, best: Sequence[Place]) -> Drawing:
    words = view.words
    rows = [{"rank": unit.rank, "name": unit.name, "score": unit.score, "code": unit.code} for unit in best]
    columns = (
        Column("rank", words.say("rank"), "rank"),
        Column("name", words.say("unit")),
        Column("score", words.say("score"), "score"),
    )
    listed = [
        html.Li(
            [
                html.Span(str(unit.rank), className="number"),
                dcc.Link(unit.name, href=view.drill("region", unit.code)),
                share_bar(float(unit.score)),
                html.Span(words.number(float(unit.score), 2), className="number"),
            ]
        )
        for unit in best
    ]
    period = words.period(newest_quarter(view.as_of))
    if view.region.level == TOP:
        said = words.say("Cities have no rank; these are the best communities of all of them, {period}.", period=period)
    else:
        said = words.say("The city itself has no rank; these are its best communities of {period}.", period=period)
    return Drawing(
        said,
        Table(columns, rows, ("code", "region")),
        body=html.Ol(listed, className="rank-best"),
        height=60 + 30 * len(best),
    )
