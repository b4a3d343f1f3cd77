"""Small drawings beside a figure: its place in the range of its peers, its line over months, its tested trend."""

from collections.abc import Sequence
from typing import Any, Final

from dash import html

from dashboard.components.light import Div, Span
from dashboard.components.marks import HIDDEN, labelled, tone
from dashboard.figures.spark import spark
from dashboard.language import message
from dashboard.peers import Standing
from dashboard.semantics.metric import Metric
from dashboard.text import Words
from dashboard.trend import Trend

TRENDS: Final = {"rising": message("rising"), "falling": message("falling"), "unclear": message("cannot tell")}
ARROWS: Final = {"rising": "▲", "falling": "▼", "unclear": ""}
TONES: Final = {"better": message("for the better"), "worse": message("for the worse"), "even": ""}


def peer_strip(standing: Standing | None, metric: Metric, words: Words, *, per_head: bool) -> Any:
    """The peers from the least to the most with the middle half thick; right is better; the dot is the own value."""
    if standing is None:
        return Span(words.say("no peers"), className="none")
    said = range_said(standing, metric.unit, words, per_head=per_head)

    def at(value: float) -> float:
        place = standing.position(value)
        return 100 - place if metric.direction == "-" else place

    left, right = sorted((at(standing.quarter), at(standing.three_quarters)))
    marks = [
        Span(className="strip-range"),
        Span(className="strip-half", style={"left": f"{left:.1f}%", "width": f"{right - left:.1f}%"}),
        Span(className="strip-median", style={"left": f"{at(standing.median):.1f}%"}),
    ]
    if standing.value is not None:
        marks.append(Span(className="strip-own", style={"left": f"{at(standing.value):.1f}%"}))
    return Div(Div(marks, className="strip-room"), className="strip", role="img", title=said, **labelled(said))


def range_said(standing: Standing, unit: str, words: Words, *, per_head: bool) -> str:
    """The five figures of the range and the own one in words."""
    said = words.say(
        "own {own}; peers {low} to {high}, middle half {quarter} to {three_quarters}, median {median}",
        own=words.value(standing.value, unit),
        low=words.value(standing.low, unit),
        high=words.value(standing.high, unit),
        quarter=words.value(standing.quarter, unit),
        three_quarters=words.value(standing.three_quarters, unit),
        median=words.value(standing.median, unit),
    )
    return words.say("{said} (per 1,000 of the labour force)", said=said) if per_head else said


def place_said(standing: Standing | None, words: Words) -> str:
    """`3/6`, with the word for a shared place; empty without a place."""
    if standing is None or standing.place is None:
        return ""
    place = f"{standing.place}/{standing.number}"
    return words.say("{place} tied", place=place) if standing.shared else place


def spark_line(history: Sequence[float | None]) -> html.Span:
    """The line over the months, in the colour of the page."""
    address = spark(history)
    style = {"maskImage": f'url("{address}")', "WebkitMaskImage": f'url("{address}")'} if address else {}
    return Span(className="spark" if address else "spark spark-none", style=style, **HIDDEN)


def trend_mark(trend: Trend, direction: str, words: Words) -> html.Span:
    """The trend in an arrow and words, with whether that is good; what was tested in the tooltip."""
    way = {"rising": 1.0, "falling": -1.0}.get(trend.direction, 0.0)
    kind = tone(way, direction)
    parts: list[Any] = [
        Span(ARROWS[trend.direction], className="arrow", **HIDDEN),
        words.say(TRENDS[trend.direction]),
    ]
    if TONES[kind]:
        parts.append(Span(words.say(TONES[kind]), className="trend-tone"))
    return Span(parts, className=f"trend change-{kind}", title=tested(trend, words))


def tested(trend: Trend, words: Words) -> str:
    """How sure the trend is."""
    if trend.p is None:
        return words.say("Too few months to test a trend.")
    return words.say(
        "Tested over {number} comparisons of months: chance alone gives as much in {p} of cases.",
        number=words.number(trend.compared),
        p=words.value(100 * trend.p, "%"),
    )
