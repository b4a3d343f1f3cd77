"""A bullet: what is done against the target, the pace, last year and the forecast's interval, on one line."""

from dataclasses import dataclass
from typing import Any, Final

from dash import html

from dashboard.components.marks import HIDDEN, labelled
from dashboard.language import message
from dashboard.text import Words

REACH: Final = 1.25  # the line ends at that many targets


@dataclass(frozen=True)
class Bullet:
    """Values in the indicator's unit, `said` the whole in words; what is missing is not drawn."""

    target: float
    actual: float | None
    state: str
    said: str
    due: float | None = None
    earlier: float | None = None
    low: float | None = None
    high: float | None = None
    forecast: float | None = None


def bullet(drawn: Bullet) -> html.Div:
    """The line; a target of nothing has none."""
    if drawn.target <= 0:
        return html.Div(className="bullet bullet-none", role="img", **labelled(drawn.said))
    marks: list[Any] = []
    if drawn.low is not None and drawn.high is not None:
        left, right = _at(drawn, drawn.low), _at(drawn, drawn.high)
        marks.append(
            html.Span(className="bullet-range", style={"left": _css(left), "width": _css(max(right - left, 0.6))})
        )
    if drawn.actual is not None:
        marks.append(
            html.Span(className=f"bullet-done done-{drawn.state}", style={"width": _css(_at(drawn, drawn.actual))})
        )
    for value, name in (
        (drawn.earlier, "earlier"), (drawn.forecast, "forecast"), (drawn.due, "due"), (drawn.target, "target"),
    ):  # fmt: skip
        if value is not None:
            marks.append(html.Span(className=f"bullet-{name}", style={"left": _css(_at(drawn, value))}))
    return html.Div(marks, className="bullet", role="img", title=drawn.said, **labelled(drawn.said))


# Every mark with its word, in the order in which they are read.
LEGEND: Final = (
    ("done", message("done so far")),
    ("due", message("pace due")),
    ("target", message("target")),
    ("earlier", message("same day last year")),
    ("forecast", message("year-end forecast with its 80% interval")),
)


def legend(words: Words) -> html.Ul:
    """What each mark of a bullet means."""
    return html.Ul(
        [
            html.Li([html.Span(className=f"key key-{name}", **HIDDEN), html.Span(words.say(label))])
            for name, label in LEGEND
        ],
        className="bullet-legend",
    )


def _at(drawn: Bullet, value: float) -> float:
    return max(0.0, min(value / (drawn.target * REACH), 1.0)) * 100


def _css(percent: float) -> str:
    return f"{percent:.2f}%"
