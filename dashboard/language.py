"""The two languages: messages are written in English in the code, Chinese comes from the gettext catalogue."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from dashboard.selection import Language

LOCALES: Final = Path(__file__).resolve().parent.parent / "assets" / "locales"
# The names under which the code says something: what extraction looks for.
KEYWORDS: Final = {"say": None, "message": None}


def message(text: str) -> str:
    """`text` itself, marked for the catalogue: for constants that are said later."""
    return text


@cache
def translations(language: Language) -> NullTranslations:
    """The catalogue of `language`, compiled from its .po file once a process; English is what the code says."""
    if language == "en":
        return NullTranslations()
    compiled = BytesIO()
    with (LOCALES / "zh_CN" / "LC_MESSAGES" / "reemploy.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale="zh_CN"))
    compiled.seek(0)
    return GNUTranslations(compiled)
