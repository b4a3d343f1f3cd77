"""Small marks: icons, states told by word and shape, changes with an arrow."""

from typing import Any, Final, Literal

from dash import html

from dashboard.components.light import Span
from dashboard.language import message
from dashboard.text import MINUS, Words

STATES: Final = {
    "met": message("met"),
    "on_track": message("on track"),
    "watch": message("watch"),
    "behind": message("behind"),
    "missing": message("no data"),
}

ROOT: Final = 16  # pixels that a rem has at normal type

HIDDEN: Final[dict[str, Any]] = {"aria-hidden": "true"}  # for what words beside it say

HERE: Final[dict[str, Any]] = {"aria-current": "page"}


def rem(pixels: float) -> str:
    """A length that grows with the size of type the reader chose; `pixels` as at normal type."""
    return f"{pixels / ROOT:g}rem"


def labelled(text: str) -> dict[str, Any]:
    """The attribute that names a part for screen readers."""
    return {"aria-label": text}


def named(panel: str) -> dict[str, Any]:
    """The attribute by which tests and scripts find a panel."""
    return {"data-panel": panel}


def icon(name: str) -> html.Span:
    """A drawn sign, hidden from screen readers: the words beside it say the same."""
    return Span(className=f"icon icon-{name}", **HIDDEN)


def state_mark(state: str, words: Words, *, short: bool = False) -> html.Span:
    """A target's state: a shape of its own and the word; `short` keeps the word for screen readers only."""
    word = words.say(STATES[state])
    shape = Span(className=f"shape shape-{state}", **HIDDEN)
    said = Span(word, className="unseen" if short else "state-word")
    return Span([shape, said], className=f"state state-{state}", title=word)


def tone(change: float | None, direction: str) -> Literal["better", "worse", "even"]:
    """Whether a change is for the better, given which way is better ("+", "-" or neither)."""
    if not change or direction not in ("+", "-"):
        return "even"
    return "better" if (change > 0) == (direction == "+") else "worse"


def change_mark(said: str | None, label: str, change: float | None, direction: str) -> html.Span | None:
    """`同比 ▲ +5.3%`: the arrow shows which way, the colour whether that is good; nothing where it cannot be said."""
    if said is None:
        return None
    arrow = "▼" if said.startswith(MINUS) else "▲" if said.startswith("+") else ""
    change = change if arrow else 0
    parts: list[Any] = [
        Span(label, className="change-label"),
        Span(arrow, className="arrow", **HIDDEN),
        said,
    ]
    return Span(parts, className=f"change change-{tone(change, direction)}")
