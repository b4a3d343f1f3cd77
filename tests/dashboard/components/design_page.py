"""The page of the design system, docs/design.html: written from the real tokens, components and figures."""

import json
import re
from pathlib import Path
from typing import Any, Final, get_args

from dash import html

from dashboard.components.bars import share_bar
from dashboard.components.marks import STATES, change_mark, state_mark
from dashboard.components.notice import notice
from dashboard.components.number_card import Card, Progress, number_card, progress
from dashboard.figures.bars import Bar, Series, grouped, layers, ranked_bars
from dashboard.figures.curves import against_pace, rates
from dashboard.figures.theme import SERIES, TEMPLATE, plotly_config
from dashboard.panel import Reason, Withheld
from dashboard.semantics.catalogue import METRICS
from dashboard.text import Words
from tests.dashboard.components import design_parts
from tests.dashboard.components.design_html import row, section, written

ROOT: Final = Path(__file__).resolve().parent.parent.parent.parent
PAGE: Final = ROOT / "docs" / "design.html"
TOKENS: Final = (ROOT / "assets" / "10-tokens.css").read_text(encoding="utf-8")
PHRASES: Final = (Words("zh"), Words("en"))
SPACE: Final = '<span class="muted">--{name}</span><div class="space" style="--shown: var(--{name})"></div>'
HEAD: Final = """<!DOCTYPE html>
<html lang="en" data-mantine-color-scheme="light" data-type="normal">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Design system · Reemploy</title>
{sheets}
<style>
main {{ max-width: 70rem; margin: 0 auto; padding: var(--space-5) var(--space-4) var(--space-6); }}
h2 {{ font-size: var(--type-mid); margin: var(--space-6) 0 var(--space-2); }}
h1 {{ font-size: var(--type-title); }}
.row {{ display: flex; flex-wrap: wrap; gap: var(--space-3) var(--space-5); align-items: center; }}
.row {{ margin-top: var(--space-3); }}
.row > .panel {{ flex: 1 1 20rem; }}
.colour {{ width: 7.5rem; font-size: var(--type-note); color: var(--muted); }}
.colour::before {{ content: ""; display: block; height: 2.5rem; border-radius: var(--radius); }}
.colour::before {{ background: var(--shown); box-shadow: var(--shadow); }}
.space {{ height: 0.75rem; background: var(--mark); width: var(--shown); }}
</style>
</head>
<body>
<main>
<h1>Design system</h1>
<p class="muted">Written by <code>make docs</code> from the tokens, components and figures of the pages.
Open it from a clone.</p>
<p class="row"><button class="pick" data-set="light">Light</button><button class="pick" data-set="dark">Dark</button>
<button class="pick" data-set="normal">Normal type</button>
<button class="pick" data-set="large">Large type 大字版</button></p>
"""
FOOT: Final = """</main>
<script src="../assets/vendor/plotly-basic.min.js"></script>
<script>
var figures = {figures}, template = {template}, config = {config};
figures.forEach(function (figure, place) {{
  Plotly.newPlot("chart-" + place, figure.data, Object.assign({{template: template}}, figure.layout), config);
}});
document.querySelectorAll("[data-set]").forEach(function (button) {{
  button.onclick = function () {{
    var name = /light|dark/.test(button.dataset.set) ? "data-mantine-color-scheme" : "data-type";
    document.documentElement.setAttribute(name, button.dataset.set);
  }};
}});
</script>
</body>
</html>
"""


def colours() -> str:
    """Every token of colour with a swatch."""
    names = dict.fromkeys(re.findall(r"--([a-z-]+): #", TOKENS))
    return "".join(f'<span class="colour" style="--shown: var(--{name})">--{name}</span>' for name in names)


def sizes(prefix: str, shown: str) -> str:
    """Every token of a scale, `shown` with its name."""
    names = dict.fromkeys(re.findall(rf"--({prefix}-[a-z0-9]+): [0-9.]+rem", TOKENS))
    return "".join(f"<div>{shown.format(name=name)}</div>" for name in names)


def changes(words: Words) -> str:
    """Better, worse, worse though more, unchanged."""
    label = words.say("on last year")
    better, worse = change_mark("+5.3%", label, 5.3, "+"), change_mark("+5.3%", label, 5.3, "-")
    less = change_mark(words.points(-2.0), label, -2.0, "+")
    return row([better, worse, less, change_mark(words.say("unchanged"), label, 0.0, "+")])


def cards(words: Words) -> list[html.Article]:
    """A headline card in each of its states."""
    label, change = words.of(METRICS["placed"].label), words.say("on last year")
    history = [3.0, 5.0, 4.0, None, 6.0, 7.0, 6.5]
    each = [
        Card(
            label,
            "5,885",
            words.unit("persons"),
            "#",
            "+5.3%",
            None,
            change,
            history=history,
            state=state,
            progress=Progress(done, 75.0, state),
            target_said="8,135",
        )
        for state, done in (("met", 104.0), ("on_track", 76.0), ("watch", 72.0), ("behind", 55.0))
    ]
    better = Card(
        label, words.value(19_800_000, "yuan"), "", None, "+9.1%", 9.1, change, direction="+", history=history
    )
    worse = Card(
        label, words.value(2.02, "%"), "", None, words.points(0.9), 0.9, change, direction="-", history=history
    )
    missing = Card(label, words.value(None, "%"), "", missing=True, state="missing")
    return [number_card(card, words) for card in (*each, better, worse, missing)]


def figures(words: Words) -> list[dict[str, Any]]:
    """One chart of each common kind."""
    axis = words.axis([120_000.0], "yuan")
    names = [words.month_tick(f"2026-{month:02}") for month in range(1, 7)]
    values = [[20_000.0 * (place + 1) + 7_000 * kind for place in range(6)] for kind in range(4)]
    series = [
        Series(f"{kind + 1}", values[kind], [words.value(value, "yuan") for value in values[kind]]) for kind in range(4)
    ]
    bars = [
        Bar(f"{place + 1}", value, words.value(value, "yuan"), value * 0.8) for place, value in enumerate(values[1])
    ]
    return [
        ranked_bars(bars, axis, words.say("this period"), words.say("same period last year")),
        layers(names, series, axis),
        grouped(names, series[:2], axis),
        against_pace(names, series[2], series[0], series[1], axis),
        rates(names, series, axis),
    ]


def page() -> str:
    """The whole page."""
    sheets = [
        *sorted(sheet.name for sheet in (ROOT / "assets").glob("[1-4]*.css")),
        "54-bulletins.css",
        "map.css",
        "profile.css",
    ]
    links = "\n".join(f'<link rel="stylesheet" href="../assets/{name}">' for name in sheets)
    drawn = figures(PHRASES[0])
    charts = "".join(
        f'<div class="panel"><div class="chart" id="chart-{place}" style="height: 16rem"></div></div>'
        for place in range(len(drawn))
    )
    parts = [
        section(
            "Colour",
            "One accent. A state is a colour, a shape and a word; the colours stay apart for all eyes.",
            f'<div class="row">{colours()}</div>',
        ),
        section(
            "Series of charts",
            "In this order; the first four stay apart for the colour-blind.",
            row(html.Span(name, className="colour", style={"--shown": name}) for name in SERIES),
        ),
        section(
            "Type",
            "Tabular figures everywhere; large type enlarges every size by a quarter, charts too.",
            sizes("type", '<span style="font-size: var(--{name})">--{name} 再就业人数 5,885 ￥1,980万</span>'),
        ),
        section("Space", "Between and inside parts; it grows with the type.", sizes("space", SPACE)),
        section(
            "States",
            "A target's state, with its word and without.",
            *(
                row(
                    [
                        *(state_mark(state, words) for state in STATES),
                        *(state_mark(state, words, short=True) for state in STATES),
                    ]
                )
                for words in PHRASES
            ),
        ),
        section("Changes", "The arrow says which way, the colour whether that is good.", *map(changes, PHRASES)),
        section(
            "Progress",
            "Done so far, the pace as a tick, the whole as a line; a share of 0 to 100 %.",
            row(
                html.Div(progress(done, 75.0, state, PHRASES[0]), style={"width": "12rem"})
                for state, done in (("met", 104.0), ("on_track", 76.0), ("watch", 72.0), ("behind", 55.0))
            ),
            row(html.Div(share_bar(share), style={"width": "6rem", "display": "flex"}) for share in (0.0, 40.0, 100.0)),
        ),
        section(
            "Notices",
            "Five reasons why there is no figure, each its own; a panel that waits, and one without an answer.",
            *(
                row(
                    html.Div(notice(Withheld(reason, "4f0c2a" if reason == "failed" else ""), words), className="panel")
                    for reason in get_args(Reason)
                )
                for words in PHRASES
            ),
            row(
                [
                    html.Div(html.Div(className="waiting", style={"height": "6rem"}), className="panel"),
                    *map(design_parts.unanswered, PHRASES),
                ]
            ),
        ),
        section(
            "Cards",
            "Every state, a change for the better and for the worse, and no data.",
            *(
                written(html.Div(html.Div(cards(words), className="cards cards-6"), className="panel"))
                for words in PHRASES
            ),
        ),
        section(
            "Chips, tags, badge",
            "What is chosen can be removed; what is provisional says so.",
            row(
                [
                    html.Span("磁山区 ×", className="chip"),
                    html.Span("暂定", className="tag"),
                    html.Span("演示数据", className="badge"),
                ]
            ),
        ),
        section(
            "Bullets",
            "Done, pace, target, last year and the forecast's interval on one line; what is missing is not drawn.",
            *(written(html.Div(design_parts.bullets(words), className="panel")) for words in PHRASES),
        ),
        section(
            "Chances",
            "A word, a bar and a number; or that nothing can be told.",
            *(row(design_parts.chances(words)) for words in PHRASES),
        ),
        section(
            "Among the peers",
            "The range, its middle half and median; right is better. A line of months, and a trend that was tested.",
            *(row([*design_parts.strips(words), *design_parts.trends(words)]) for words in PHRASES),
        ),
        section(
            "Map",
            "Tiles by a target's state and by five shades; the region in view is framed, a gap is dashed.",
            *(row(design_parts.maps(words)) for words in PHRASES),
        ),
        section(
            "Pages and controls",
            "The menu in its groups with the page in view; what opens a choice; one of several things to show.",
            row(map(design_parts.pages, PHRASES)),
            *(row(design_parts.controls(words)) for words in PHRASES),
        ),
        section(
            "Charts", "Drawn by dashboard/figures in the template of its theme.", f'<div class="row">{charts}</div>'
        ),
    ]
    settings = plotly_config("en", "design")
    foot = FOOT.format(figures=said(drawn), template=said(TEMPLATE), config=said(settings))
    return HEAD.format(sheets=links) + "\n".join(parts) + foot


def said(value: Any) -> str:
    """A value as JSON that may stand in a script."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
