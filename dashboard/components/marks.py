"""Small marks: icons, states told by word and shape, changes with an arrow."""

from typing import Final, Literal

from dash import html

from dashboard.language import message
from dashboard.text import MINUS, Words

STATES: Final = {
    "met": message("met"),
    "on_track": message("on track"),
    "watch": message("watch"),
    "behind": message("behind"),
    "missing": message("no data"),
}


def icon(name: str) -> html.Span:
    """A drawn sign, hidden from screen readers: the words beside it say the same."""
    return html.Span(className=f"icon icon-{name}", **{"aria-hidden": "true"})


def state_mark(state: str, words: Words, *, short: bool = False) -> html.Span:
    """A target's state: a shape of its own and the word; `short` keeps the word for screen readers only."""
    word = words.say(STATES[state])
    shape = html.Span(className=f"shape shape-{state}", **{"aria-hidden": "true"})
    said = html.Span(word, className="unseen" if short else "state-word")
    return html.Span([shape, said], className=f"state state-{state}", title=word)


def tone(change: float | None, direction: str) -> Literal["better", "worse", "even"]:
    """Whether a change is for the better, given which way is better ("+", "-" or neither)."""
    if not change or direction not in ("+", "-"):
        return "even"
    return "better" if (change > 0) == (direction == "+") else "worse"


def change_mark(said: str | None, label: str, change: float | None, direction: str) -> html.Span | None:
    """`同比 ▲ +5.3%`: the arrow shows which way, the colour whether that is good; nothing where it cannot be said."""
    if said is None:
        return None
    arrow = "▼" if said.startswith(MINUS) else "▲" if said.startswith("+") else "＝"
    parts = [
        html.Span(label, className="change-label"),
        html.Span(arrow, className="arrow", **{"aria-hidden": "true"}),
        said,
    ]
    return html.Span(parts, className=f"change change-{tone(change, direction)}")
