"""How likely it is that a target will be reached: a word, a number and a bar."""

from typing import Final

from dash import html

from dashboard.components.bars import share_bar
from dashboard.language import message
from dashboard.text import Words

# methods.md c.3: from this probability on, the word.
WORDS: Final = (
    (0.85, "likely", message("likely")),
    (0.6, "probable", message("probable")),
    (0.4, "open", message("even chances")),
    (0.15, "doubtful", message("doubtful")),
    (0.0, "unlikely", message("unlikely")),
)


def chance_word(probability: float | None, words: Words) -> str:
    """`likely`, `probable`, `open`, `doubtful`, `unlikely`; in words too where nothing is known."""
    if probability is None:
        return words.say("cannot be told")
    return words.say(next(word for least, _, word in WORDS if probability >= least))


def chance_said(probability: float | None, words: Words) -> str:
    """`likely (86%)`."""
    word = chance_word(probability, words)
    if probability is None:
        return word
    return words.say("{word} ({number}%)", word=word, number=words.number(100 * probability))


def chance_mark(probability: float | None, words: Words) -> html.Span:
    """The word, the number and a bar of the chance."""
    if probability is None:
        return html.Span(chance_word(None, words), className="muted")
    kind = next(kind for least, kind, _ in WORDS if probability >= least)
    number = words.say("{number}%", number=words.number(100 * probability))
    return html.Span(
        [
            html.Span(chance_word(probability, words), className="chance-word"),
            share_bar(100 * probability),
            html.Span(number, className="chance-number"),
        ],
        className=f"chance chance-{kind}",
    )
