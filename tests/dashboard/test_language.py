"""The catalogue holds every message of the code, in Chinese, with the same blanks to fill."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from dashboard.language import KEYWORDS, LOCALES, translations

METHODS = [
    ("**.py", "python"),
    ("access/**.html", "jinja2.ext:babel_extract"),
    ("publish/site/**.html", "jinja2.ext:babel_extract"),
    ("loading/templates/**.html", "jinja2.ext:babel_extract"),
    ("cases/site/**.html", "jinja2.ext:babel_extract"),
]
CODE = Path(__file__).resolve().parent.parent.parent / "dashboard"


@pytest.fixture(scope="module")
def said() -> set[str]:
    found = extract_from_dir(CODE, method_map=METHODS, keywords=KEYWORDS)
    return {message for _, _, message, _, _ in found if isinstance(message, str)}


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (LOCALES / "zh_CN" / "LC_MESSAGES" / "reemploy.po").open("rb") as file:
        return read_po(file, locale="zh_CN")


def test_every_message_of_the_code_is_in_the_catalogue_and_no_other(said: set[str], catalogue: Catalog) -> None:
    held = {message.id for message in catalogue if message.id}
    assert sorted(said - held) == []
    assert sorted(held - said) == []


def test_every_message_is_translated_and_keeps_its_blanks(catalogue: Catalog) -> None:
    for message in catalogue:
        if message.id:
            assert message.string, message.id
            assert not message.fuzzy, message.id
            blanks = [set(re.findall(r"{\w+}", text)) for text in (message.id, message.string)]
            assert blanks[0] == blanks[1], message.id


def test_no_translation_is_left_in_english(catalogue: Catalog) -> None:
    chinese = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")  # characters, or full-width punctuation
    blanks_alone = re.compile(r"({\w+}|\W)+")
    left = [
        message.id
        for message in catalogue
        if message.id and not chinese.search(message.string) and not blanks_alone.fullmatch(message.string)
    ]
    assert left == []


def test_english_says_what_the_code_says() -> None:
    assert translations("en").gettext("Nothing to show here") == "Nothing to show here"
    assert translations("zh").gettext("Nothing to show here") == "此处没有数据"
