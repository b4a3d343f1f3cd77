"""How sure the ranks are: the ranks between which units likely lie, and the tiers that follow from them."""

from typing import Any, Final

from dash import dcc, html

from dashboard.drawings.ranked import between, ranked_inside, ranking_of
from dashboard.figures.ranks import Span, likely_ranks
from dashboard.language import message
from dashboard.panel import Column, Drawing, Table
from dashboard.ranking.ranking import RankedUnit, Ranking
from dashboard.ranking.tiers import TIERS, Tier, tier_of, tiers
from dashboard.view import View

SHOWN: Final = 16  # units in the chart of likely ranks
NAMED: Final = 12  # units named in a tier
ROBUST_FROM: Final = 5  # with fewer peers a draw says little (methods.md, a.4)

TIER_NAMES: Final[dict[Tier, str]] = {
    "leading": message("leading group"),
    "best": message("surely among the best ten"),
    "margin": message("on the margin of the best ten"),
    "middle": message("middle field"),
    "last": message("last quarter"),
}
_MEANINGS: Final[dict[Tier, str]] = {
    "leading": message("may be the first"),
    "best": message("also the worst likely rank is one of the best ten"),
    "margin": message("not clearly in or out"),
    "middle": message("neither among the best nor surely in the last quarter"),
    "last": message("also the best likely rank is in the last quarter"),
}


def likely(view: View) -> Drawing:
    """The best units in the region in view with the ranks between which they likely lie."""
    found = ranking_of(view)
    units, words = ranked_inside(view, found), view.words
    spans = [
        Span(
            unit.name,
            unit.rank or 0,
            unit.low or 0,
            unit.high or 0,
            words.say(
                "rank {rank}, likely {low} to {high}", rank=str(unit.rank), low=str(unit.low), high=str(unit.high)
            ),
            ("region", unit.code),
            chosen=view.region.level != "community" or unit.code == view.region.code,
        )
        for unit in units[:SHOWN]
    ]
    figure = likely_ranks(spans, words.say("rank"), words.say("rank between"))
    height = max(220, 80 + 25 * len(spans))
    return Drawing(_reading(view, found, units), _table(view, found, units), figure=figure, height=height)


def _reading(view: View, found: Ranking, units: list[RankedUnit]) -> str:
    words, peers = view.words, len(found.peers)
    if peers < ROBUST_FROM:
        return words.say("With {number} units only, nothing is claimed of how sure the ranks are.", number=str(peers))
    if peers <= found.best:
        sure = sum(unit.low == unit.high for unit in units)
        return words.say("The rank of {number} of the units here is the same in most draws.", number=words.number(sure))
    unclear = sum(unit.unclear for unit in units)
    return words.say(
        "{number} of the units here are not clearly among the best ten or outside.", number=words.number(unclear)
    )


def _table(view: View, found: Ranking, units: list[RankedUnit]) -> Table:
    words = view.words
    rows: list[dict[str, Any]] = []
    for unit in units:
        tier = tier_of(unit, len(found.peers), found.best)
        rows.append(
            {
                "code": unit.code,
                "name": unit.name,
                "rank": unit.rank,
                "between": between(unit),
                "p_best": None if unit.p_best is None else 100 * unit.p_best,
                "tier": words.say(TIER_NAMES[tier]) if tier else "",
            }
        )
    columns = (
        Column("rank", words.say("rank"), "rank"),
        Column("code", words.say("code"), "place"),
        Column("name", words.say("unit")),
        Column("between", words.say("rank between"), "short"),
        Column("p_best", words.say("chance of the best ten, %"), "bar"),
        Column("tier", words.say("tier")),
    )
    return Table(columns, rows, ("code", "region"))


def tiers_drawn(view: View) -> Drawing:
    """The units of the region in view by tier, each a link to it."""
    found = ranking_of(view)
    units, words = ranked_inside(view, found), view.words
    by_tier = tiers(units, len(found.peers), found.best)
    shown = [tier for tier in TIERS if by_tier[tier] or tier in ("leading", "middle", "last")]
    body = html.Div([_tier(view, tier, by_tier[tier]) for tier in shown], className="tiers")
    leading = by_tier["leading"]
    said = words.say(
        "{number} of the {units} units here may be the first: the ranks within a tier are too close to call.",
        number=words.number(len(leading)),
        units=words.number(len(units)),
    )
    return Drawing(said, _table(view, found, units), body=body, height=420)


def _tier(view: View, tier: Tier, units: list[RankedUnit]) -> html.Section:
    words = view.words
    links: list[Any] = [
        dcc.Link(
            [html.Span(str(unit.rank), className="tier-rank"), unit.name],
            href=view.drill("region", unit.code),
            className="tier-unit tier-here" if unit.code == view.region.code else "tier-unit",
        )
        for unit in units[:NAMED]
    ]
    if len(units) > NAMED:
        links.append(
            html.Span(words.say("and {number} more", number=words.number(len(units) - NAMED)), className="muted")
        )
    if not units:
        links.append(html.Span(words.say("none here"), className="muted"))
    head = html.H3([words.say(TIER_NAMES[tier]), html.Span(words.number(len(units)), className="tier-number")])
    return html.Section(
        [head, html.P(words.say(_MEANINGS[tier]), className="muted"), html.Div(links, className="tier-units")],
        className=f"tier tier-{tier}",
    )
