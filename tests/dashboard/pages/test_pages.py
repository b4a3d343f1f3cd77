"""Every panel of every page, at all four levels and in both languages, over the demonstration city."""

import re
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.draw import draw
from dashboard.export import as_csv
from dashboard.pages import PAGES, page_at
from dashboard.panel import Drawing, Page, Panel, Withheld
from dashboard.period import named_period
from dashboard.selection import Selection
from dashboard.semantics.catalogue import DIMENSIONS
from dashboard.text import Words
from dashboard.view import View

PANELS = [(page, panel) for page in PAGES for panel in page.panels]
NAMES = [f"{page.name}/{panel.name}" for page, panel in PANELS]
DEPTHS = {"city": 0, "district": 1, "street": 2, "community": 3}


def seen(city: View, page: Page, **choices: Any) -> View:
    """The page as a reader sees it who made these choices."""
    selection = Selection().but(**choices)
    return replace(city, selection=selection, words=Words(selection.lang), path=page.path, quarterly=page.quarterly)


def place(city: View, level: str) -> str:
    """The first region of a level."""
    region = city.tree.root
    for _ in range(DEPTHS[level]):
        region = city.tree.children(region)[0]
    return region.code


@pytest.mark.parametrize(("page", "panel"), PANELS, ids=NAMES)
@pytest.mark.parametrize("level", DEPTHS)
def test_a_panel_draws_or_says_kindly_why_not(city: View, page: Page, panel: Panel, level: str) -> None:
    drawn = draw(panel, seen(city, page, region=place(city, level)))
    if isinstance(drawn, Withheld):
        assert drawn.reason == "no_rows"
        return
    assert drawn.reading.endswith("。")
    assert drawn.table.columns
    assert drawn.figure is not None or drawn.body is not None
    if drawn.figure is not None:
        go.Figure(drawn.figure)


@pytest.mark.parametrize(("page", "panel"), PANELS, ids=NAMES)
def test_the_whole_city_has_something_on_every_panel(city: View, page: Page, panel: Panel) -> None:
    assert isinstance(draw(panel, seen(city, page)), Drawing)


@pytest.mark.parametrize(("page", "panel"), PANELS, ids=NAMES)
def test_in_english_nothing_is_said_in_chinese_but_names(city: View, page: Page, panel: Panel) -> None:
    drawn = draw(panel, seen(city, page, lang="en"))
    assert isinstance(drawn, Drawing)
    names = {region.name for region in city.tree.by_code.values()}
    free = [name for name, dimension in DIMENSIONS.items() if not dimension.values]  # banks, sponsors, courses
    names |= {str(row[name]) for row in drawn.table.rows for name in free if row.get(name)}
    sentence = re.sub(r"[\u4e00-\u9fff]+〔\d+〕\d+号", "", drawn.reading)  # the number of a document
    for name in sorted(names, key=len, reverse=True):
        sentence = sentence.replace(name, "")
    assert not re.search(r"[\u4e00-\u9fff]", sentence), drawn.reading
    labels = [column.label for column in drawn.table.columns if column.label not in names]
    labels = [label.replace(city.region.name, "") for label in labels]
    assert not any(re.search(r"[\u4e00-\u9fff]", label) for label in labels)


@pytest.mark.parametrize(("page", "panel"), PANELS, ids=NAMES)
def test_the_file_holds_a_line_for_every_row(city: View, page: Page, panel: Panel) -> None:
    drawn = draw(panel, seen(city, page))
    assert isinstance(drawn, Drawing)
    assert as_csv(drawn.table, city.words).count(b"\r\n") >= len(drawn.table.rows) + 1


@pytest.mark.parametrize("by", ["bank", "product", "counter_guarantee"])
def test_loans_can_be_broken_down_and_filtered(city: View, by: str) -> None:
    page = page_at("/loans")
    assert page is not None
    panel = page.panel("outstanding")
    assert panel is not None
    drawn = draw(panel, seen(city, page, by=by))
    assert isinstance(drawn, Drawing)
    row = drawn.table.rows[0]
    filtered = draw(panel, seen(city, page, where=((by, row["drill_value"]),)))
    assert isinstance(filtered, Drawing)
    assert sum(float(part["loan_outstanding"]) for part in filtered.table.rows) == pytest.approx(
        float(row["loan_outstanding"])
    )


def test_districts_add_up_to_what_the_headline_says(city: View) -> None:
    page = page_at("/loans")
    assert page is not None
    parts, head = (page.panel(name) for name in ("outstanding", "headlines"))
    assert parts is not None
    assert head is not None
    drawn, said = draw(parts, seen(city, page)), draw(head, seen(city, page))
    assert isinstance(drawn, Drawing)
    assert isinstance(said, Drawing)
    assert sum(float(row["loan_outstanding"]) for row in drawn.table.rows) == pytest.approx(
        float(said.table.rows[0]["now"])
    )


def test_a_period_after_the_data_has_no_rows_and_no_zeros(city: View) -> None:
    page = page_at("/subsidies")
    assert page is not None
    panel = page.panel("areas")
    assert panel is not None
    drawn = draw(panel, seen(city, page, period=named_period("2027")))
    assert isinstance(drawn, Withheld)
    assert drawn.reason == "no_rows"


def test_a_community_stands_among_its_peers(city: View) -> None:
    page = page_at("/loans")
    assert page is not None
    view = seen(city, page, region=place(city, "community"))
    assert view.level == "community"
    assert view.region in view.parts


def test_quarterly_pages_show_the_newest_full_quarter(city: View) -> None:
    page = page_at("/ranking")
    assert page is not None
    assert seen(city, page).period == named_period("2026Q3")
    assert seen(city, page, as_of=named_period("2026Q2").end).period == named_period("2026Q2")  # type: ignore[union-attr]  # it is a quarter


def test_pages_have_an_address_each_and_unknown_ones_none() -> None:
    assert [page_at(page.path) for page in PAGES] == list(PAGES)
    assert page_at("/loans/") is page_at("/loans")
    assert page_at("/nowhere") is None
