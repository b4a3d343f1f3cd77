"""What the guarantee centre asks of the page Loans, as a user finds it out."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.board import Board, served, window
from tests.lent import lent_book
from tests.worlds import PORT, SOUTH

pytestmark = pytest.mark.browser


@pytest.fixture
def centre(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Board]:
    """A window on a book in which loans have gone bad."""
    with served(lent_book(tmp_path_factory.mktemp("centre")).path.parent.parent) as address:
        yield from window(chromium, address)


def test_which_streets_loans_went_bad_this_quarter_and_from_which_quarter_of_lending(centre: Board) -> None:
    centre.open("/loans")
    centre.page.click(".section:has-text('逾期成因')")
    centre.settled()
    centre.page.click(".pick:has-text('2026年1—9月')")
    centre.page.click("a.period[title='2026年第三季度']")
    panel = centre.page.locator("[data-panel=gone_bad]")
    panel.locator(".reading:has-text('首次逾期超过30天的贷款有1笔')").wait_for()
    for place in (SOUTH, PORT):
        said = re.search(r"其中(\d+)最多（.+），该处又以(\w+)放出的最多", panel.locator(".reading").inner_text())
        assert said is not None
        assert (said[1], said[2]) == (place, "2026Q1")
        if place == SOUTH:
            panel.locator("tbody th a").first.click()
            centre.shows(SOUTH)
    panel.locator("td a").first.click()
    centre.page.wait_for_function("location.search.includes('section=follow_up')")
    centre.shows(PORT)
    assert "2026Q1" in " ".join(centre.page.locator(".chip").all_inner_texts())
    rows = centre.page.locator("[data-panel=worklist] tbody tr")
    assert rows.locator("code").all_inner_texts() == ["B"]
    assert "41" in rows.first.inner_text()
