"""One headline figure: its value, how it stands against target and last year, and where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc, html

from dashboard.components.marks import HIDDEN, change_mark, labelled, state_mark
from dashboard.figures.spark import spark
from dashboard.text import Words


@dataclass(frozen=True)
class Progress:
    """Percent done of a whole, percent due by now, and the state between the two."""

    done: float
    due: float
    state: str


@dataclass(frozen=True)
class Card:
    """What a headline card says; `history` is its line over months, `note` a second figure with a state of its own."""

    label: str
    said: str
    unit: str
    href: str | None = None
    change: str | None = None
    change_value: float | None = None
    change_label: str = ""
    earlier_said: str = ""
    earlier_label: str = ""
    direction: str = ""
    history: Sequence[float | None] = ()
    progress: Progress | None = None
    state: str = ""
    target_said: str = ""
    note: str = ""
    note_state: str = ""
    missing: bool = False


def number_card(card: Card, words: Words) -> html.Article:
    """A card whose whole face is a link to the page behind it."""
    head = [html.Span(card.label, className="card-label")]
    if card.state:
        head.append(state_mark(card.state, words))
    value = html.Div(
        [
            html.Span(card.said, className="card-value none" if card.missing else "card-value"),
            html.Span(card.unit, className="card-unit"),
        ],
        className="card-figure",
    )
    change = change_mark(card.change, card.change_label, card.change_value, card.direction)
    earlier = html.Span(
        words.say("{label} {value}", label=card.earlier_label, value=card.earlier_said), className="card-earlier"
    )
    below = [part for part in (change, earlier if card.earlier_said and card.change else None) if part]
    face: list[Any] = [
        html.Div(head, className="card-head"),
        html.Div([value, _line(card.history)], className="card-row"),
        *_progress(card, words),
        html.Div(below, className="card-below"),
        *([_note(card, words)] if card.note else []),
    ]
    return html.Article(
        dcc.Link(face, href=card.href, className="card") if card.href else html.Div(face, className="card")
    )


def _line(history: Sequence[float | None]) -> html.Span:
    address = spark(history)
    style = {"maskImage": f'url("{address}")', "WebkitMaskImage": f'url("{address}")'} if address else {}
    return html.Span(className="spark" if address else "spark spark-none", style=style, **HIDDEN)


def _note(card: Card, words: Words) -> html.Div:
    """The second figure; the state of its target goes with it, in a shape and a word."""
    mark = [state_mark(card.note_state, words)] if card.note_state else []
    return html.Div([html.Span(card.note), *mark], className="card-note")


def _progress(card: Card, words: Words) -> list[Any]:
    """The share of the whole reached, with a tick where time stands; kinds without a pace show the target alone."""
    said = [html.Span(card.target_said, className="card-target")] if card.target_said else []
    if card.progress is None:
        return [html.Div(said, className="progress-row")] if said else []
    bar = progress(card.progress.done, card.progress.due, card.progress.state, words)
    return [html.Div([bar, *said], className="progress-row")]


def progress(completion: float, elapsed: float, state: str, words: Words) -> html.Div:
    """A bar of 0 … 120 % with the pace as a tick and 100 % as a line."""
    said = words.say("{done} done, pace {pace}", done=words.value(completion, "%"), pace=words.value(elapsed, "%"))
    marks = [
        html.Span(className=f"done done-{state}", style={"width": f"{_position(completion):.2f}%"}),
        html.Span(className="pace", style={"left": f"{_position(elapsed):.2f}%"}),
        html.Span(className="whole", style={"left": f"{_position(100):.2f}%"}),
    ]
    return html.Div(marks, className="progress", role="img", title=said, **labelled(said))


def _position(percent: float) -> float:
    return max(0.0, min(percent, 120.0)) / 1.2
