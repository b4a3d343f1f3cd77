"""Sentences of a bulletin in both languages at once, their numbers and days said by `dashboard.text`."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from dashboard.period import Period
from dashboard.semantics.words import Text
from dashboard.text import Words

ZH: Final = Words("zh")
EN: Final = Words("en")
_UNITS: Final = {
    "city": Text("市", "city"),
    "district": Text("区", "districts"),
    "street": Text("街道", "streets"),
    "community": Text("社区", "communities"),
}


def both(zh: str, en: str, **values: Any) -> Text:
    """`zh` and `en` with their `{names}` filled in: texts as they are, counts and days in each language's words."""
    return Text(
        zh.format(**{name: _said(value, ZH) for name, value in values.items()}),
        en.format(**{name: _said(value, EN) for name, value in values.items()}),
    )


def _said(value: Any, words: Words) -> str:
    match value:
        case str():
            return value
        case Text():
            return words.of(value)
        case date():
            return words.day(value)
        case _:
            return words.number(value)


def text_of(said: Mapping[str, str]) -> Text:
    """A text as it was frozen."""
    return Text(said["zh"], said["en"])


def period_said(period: Period) -> Text:
    """A period as people name it."""
    return Text(ZH.period(period), EN.period(period))


def unit_word(level: str) -> Text:
    """What the units of a level are called."""
    return _UNITS[level]


def level_word(level: str) -> Text:
    """What one region of a level is called."""
    return Text(_UNITS[level].zh, level)
