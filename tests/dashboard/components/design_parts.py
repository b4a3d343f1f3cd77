"""The parts of pages in each of their states, from the components themselves, for the page of the design system."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dash import html

from dashboard.components.bullet import Bullet, bullet, legend
from dashboard.components.chance import WORDS, chance_mark
from dashboard.components.marks import STATES, icon
from dashboard.components.menu import menu
from dashboard.components.peer_strip import peer_strip, place_said, spark_line, trend_mark
from dashboard.components.tile_map import Block, MapTile, Shade, shades, tile_map
from dashboard.figures.theme import SHADES
from dashboard.map_pack import Placed
from dashboard.pages import PAGES, page_named
from dashboard.peers import standing
from dashboard.selection import Selection
from dashboard.semantics.catalogue import METRICS
from dashboard.text import Words
from dashboard.trend import UNTESTED, Trend

DONE: Final[Mapping[str, float | None]] = {
    "met": 104.0, "on_track": 76.0, "watch": 72.0, "behind": 55.0, "missing": None,
}  # fmt: skip
SHADED: Final = 5


def bullets(words: Words) -> list[Any]:
    """A bullet in each state with all its marks, one without a forecast, one whose target is nothing."""
    unit = METRICS["placed"].unit

    def said(state: str, value: float | None) -> str:
        return f"{words.say(STATES[state])} {words.value(value, unit)}"

    drawn = [
        Bullet(100.0, done, state, said(state, done), 75.0, 68.0, 92.0, 108.0, 99.0) for state, done in DONE.items()
    ]
    drawn += [Bullet(100.0, 55.0, "behind", said("behind", 55.0), 75.0), Bullet(0.0, 3.0, "met", said("met", 3.0))]
    return [legend(words), *(html.Div(bullet(each), style={"padding": "0.375rem 0"}) for each in drawn)]


def chances(words: Words) -> list[Any]:
    """Each word of a probability, and that none can be told."""
    return [chance_mark(each, words) for each in (*(least + 0.05 for least, _, _ in WORDS), None)]


def strips(words: Words) -> list[Any]:
    """A place among the peers: ahead, behind, shared, without a figure of one's own, without peers; and the line."""
    metric = METRICS["unemployment_rate"]
    peers = {"a": 2.1, "b": 3.0, "c": 3.2, "d": 3.2, "e": 4.8}
    standings = [standing({**peers, "own": own}, "own", metric.direction) for own in (1.9, 4.9, 3.2, None)]
    parts = [
        html.Div(
            [
                html.Div(peer_strip(each, metric, words, per_head=False), style={"width": "9rem"}),
                place_said(each, words),
            ]
        )
        for each in (*standings, None)
    ]
    lines = [spark_line([3.0, 5.0, 4.0, None, 6.0, 7.0, 6.5]), spark_line([])]
    return [*parts, *(html.Span(line, style={"width": "5rem"}) for line in lines)]


def trends(words: Words) -> list[Any]:
    """Up and down, for the better and for the worse; what cannot be told."""
    tested = [Trend("rising", 0.01, 33), Trend("falling", 0.02, 33)]
    return [trend_mark(each, way, words) for way in ("+", "-", "") for each in tested] + [
        trend_mark(UNTESTED, "+", words)
    ]


def maps(words: Words) -> list[Any]:
    """Tiles by state and by shade, the one in view, one without a figure; the legend of shades."""
    names: Sequence[str] = ("磁山街道", "矿前街道", "石榴园街道", "红炉街道", "古塘街道", "望磁街道", "云泽街道")
    states = [
        MapTile(name, name, "76.0%", f"{name} {words.say(STATES[state])}", "#", state=state)
        for name, state in zip(names, STATES, strict=False)
    ]
    shaded = [
        MapTile(name, name, str(7 * (place + 1)), name, "#", shade=place + 1, here=place == 1)
        for place, name in enumerate(names[:SHADED])
    ]
    shaded.append(MapTile(names[SHADED], names[SHADED], "—", words.say("no data"), "#"))
    scale = [Shade(number + 1, f"{7 * number} – {7 * number + 6}") for number in range(min(SHADED, len(SHADES)))]
    return [_map(states, words), _map(shaded, words), shades(scale, words.unit("persons"))]


def _map(tiles: Sequence[MapTile], words: Words) -> Any:
    at = Placed({tile.code: (place % 3, place // 3) for place, tile in enumerate(tiles)}, (3, 2))
    return html.Div(tile_map([Block("", "#", tiles)], at, words), style={"width": "22rem"})


def pages(words: Words) -> Any:
    """The menu with one page in view, as beside the figures; below 56 rem it hides behind its button."""
    return html.Div(menu(PAGES, page_named("targets"), Selection(lang=words.language), words), style={"width": "12rem"})


def controls(words: Words) -> list[Any]:
    """What opens a choice, what leads on, a link in a panel's foot."""
    pick = html.Button([icon("calendar"), html.Span(words.say("Period")), icon("chevron")], className="pick")
    foot = html.Span([icon("info"), words.say("Definition")], className="foot-link")
    chosen = html.Span(words.of(METRICS["placed"].label), className="choice choice-here")
    other = html.Span(words.of(METRICS["posts_developed"].label), className="choice")
    return [pick, foot, html.Nav(html.Ul([html.Li(chosen), html.Li(other)]), className="panel-choices")]


def unanswered(words: Words) -> Any:
    """A panel whose question the server did not answer."""
    held: dict[str, Any] = {
        "data-unanswered": words.say(
            "The server did not answer for this panel. The others are not affected; please try again."
        )
    }
    return html.Div(html.Div(className="panel-body", **held), className="panel")
