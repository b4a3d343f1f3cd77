"""A page in sections: one of them is shown at a time, all of its panels are known."""

from dashboard.panel import Drawing, Page, Panel, Section, Table, panels_of
from dashboard.view import View


def nothing(_: View) -> Drawing:
    return Drawing("", Table((), []))


def panel(name: str) -> Panel:
    return Panel(name, name, name, (), nothing)


SECTIONS = (Section("people", "People", (panel("a"), panel("b"))), Section("places", "Places", (panel("c"),)))
PAGE = Page("page", "/page", "Page", "Lead", panels_of(SECTIONS), sections=SECTIONS)


def names(panels: tuple[Panel, ...]) -> str:
    return "".join(each.name for each in panels)


def test_a_page_shows_the_section_of_the_address_and_the_first_where_it_names_none() -> None:
    assert names(PAGE.shown("places")) == "c"
    assert names(PAGE.shown(None)) == names(PAGE.shown("nowhere")) == "ab"


def test_a_panel_is_found_whatever_section_it_is_in() -> None:
    assert names(PAGE.panels) == "abc"
    found = PAGE.panel("c")
    assert found is not None
    assert found.name == "c"


def test_a_page_without_sections_shows_all_it_has() -> None:
    page = Page("page", "/page", "Page", "Lead", PAGE.panels)
    assert page.section("places") is None
    assert names(page.shown("places")) == "abc"
