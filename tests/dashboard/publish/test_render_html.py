"""The page of an edition: read without script, without another file, and without sight."""

from html.parser import HTMLParser

import pytest

from dashboard.publish.render_html import render_html
from dashboard.text import Words
from tests.dashboard.publish.bulletins import bulletin, named


class Elements(HTMLParser):
    """All elements of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.found if tag in tags]


@pytest.fixture(scope="module")
def page() -> str:
    return render_html(bulletin(30), Words("zh"), ["bulletin.pdf", "ranking.csv"]).decode()


def test_it_needs_no_script_and_no_other_file(page: str) -> None:
    elements = Elements(page)
    assert elements.all("script", "link", "img", "iframe", "object", "embed", "form") == []
    assert "url(" not in page
    assert "@import" not in page
    assert not [name for _, attributes in elements.found for name in attributes if name.startswith("on")]
    assert "default-src 'none'" in page


def test_it_leads_to_its_own_parts_its_files_and_its_edition_alone(page: str) -> None:
    leads = {str(link["href"]) for link in Elements(page).all("a")}
    own = {f"#s{number}" for number in (1, 2, 3)} | {"#definitions"}
    assert leads == own | {"bulletin.pdf", "ranking.csv", "https://bulletins.example/bulletins/2026Q3-1"}


def test_tables_have_captions_and_heads_for_readers_without_sight(page: str) -> None:
    elements = Elements(page)
    assert len(elements.all("caption")) == len(elements.all("table")) == 2
    assert {head["scope"] for head in elements.all("th")} == {"col", "row"}
    assert len([head for head in elements.all("th") if head["scope"] == "row"]) == 30 + 5
    assert all(drawing.get("aria-label") for drawing in elements.all("svg") if drawing.get("role") == "img")
    assert Elements(page).all("html") == [{"lang": "zh-CN"}]


def test_it_follows_the_readers_light_and_the_printers_paper(page: str) -> None:
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page


def test_what_a_name_holds_is_never_markup() -> None:
    page = render_html(named("<script>alert(1)</script>&"), Words("en")).decode()
    assert Elements(page).all("script") == []
    assert "&lt;script&gt;" in page
