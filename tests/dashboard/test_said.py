"""Each language says nothing in the other: frames with their menus, tables, definitions, and every notice."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, get_args

import orjson
import pytest
from plotly.io.json import to_json_plotly

from dashboard import callbacks
from dashboard.app import view_of
from dashboard.components.notice import notice
from dashboard.pages import PAGES
from dashboard.panel import Page, Reason, Withheld
from dashboard.selection import Selection
from dashboard.text import Words
from dashboard.view import View
from dashboard.warehouse import Warehouse
from tests.words_of_data import LATIN, words_of_data

LANGUAGES: Final = ("zh", "en")
NOTHING: Final = "period=2027"  # a year that no delivery reaches: notices everywhere
NAMED: Final = {
    "title",
    "aria-label",
    "placeholder",
    "label",
    "headerName",
    "data-label",
    "data-title",
    "nothingFoundMessage",
}


@pytest.fixture(scope="module")
def names(city_home: Path) -> str:
    return words_of_data(city_home)


def said(part: Any) -> Iterator[str]:
    """What a part says to eye or ear, as it leaves for the browser, but for code and what is marked as foreign."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        for each in part:
            yield from said(each)
    elif isinstance(part, dict) and "namespace" in part:
        props = part["props"]
        yield from _tree(props["tree"]) if part["type"] == "Drawn" else _component(part["type"], props)


def _component(kind: str, props: dict[str, Any]) -> Iterator[str]:
    if kind == "Code" or "lang" in props:
        return
    yield from _labels(props)
    yield from said(props.get("children"))
    for held in (
        *(props.get("columnDefs") or []),
        *(each for each in props.get("data") or [] if isinstance(each, dict)),
    ):
        yield from _labels(held)


def _tree(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, list):
        attributes = tree[1] or {}
        if tree[0] == "code" or "lang" in attributes or "code" in str(attributes.get("className", "")).split():
            return
        yield from _labels(attributes)
        for child in tree[2:]:
            yield from _tree(child)


def _labels(held: dict[str, Any]) -> Iterator[str]:
    yield from (value for name, value in held.items() if name in NAMED and isinstance(value, str))


def foreign(language: str, parts: Any, names: str) -> set[str]:
    """The words of the other language in what leaves for the browser."""
    found = " ".join(said(orjson.loads(to_json_plotly(parts))))
    if language == "zh":
        return set(re.findall(r"[A-Za-z]{2,}", found)) - LATIN
    return {word for word in re.findall(r"[\u4e00-\u9fff]+", found) if word not in names}


def view_for(home: Path) -> callbacks.ViewOf:
    warehouse = Warehouse(home)

    def seen(selection: Selection, page: Page | None) -> View | None:
        return view_of(warehouse, selection, page)

    return seen


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_a_page_with_its_menus_tables_and_definitions(city_home: Path, names: str, page: Page, language: str) -> None:
    seen = view_for(city_home)
    for search in (f"?lang={language}", f"?lang={language}&{NOTHING}"):
        drawn = [callbacks.frame(seen, page.path, search)[1:]]
        drawn += [callbacks.panel_children(seen, page, panel, search, "table") for panel in page.panels]
        assert foreign(language, drawn, names) == set(), search


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notice(tmp_path: Path, names: str, language: str) -> None:
    words, empty = Words(language), view_for(tmp_path)  # type: ignore[arg-type]  # one of the two
    parts = [notice(Withheld(reason, "4f0c2a"), words) for reason in get_args(Reason)]
    parts += [callbacks.panel_missing(words), callbacks.not_allowed(words, PAGES[0])]
    parts += [callbacks.frame(empty, address, f"?lang={language}")[1:] for address in ("/", "/nowhere")]
    parts += [callbacks.panel_children(empty, PAGES[0], PAGES[0].panels[0], f"?lang={language}", "chart")]
    assert foreign(language, parts, names) - {"4f0c2a", "foc"} == set()


def test_a_word_of_the_other_language_would_be_found(names: str) -> None:
    assert foreign("zh", notice(Withheld("hidden"), Words("en")), names)
    assert foreign("en", notice(Withheld("hidden"), Words("zh")), names)
