"""Tasks at a region's profile: print community Y's, read a figure among its peers, colour the map by it."""

import io

import pytest
from pypdf import PdfReader

from dashboard.pages.profile import PAGE
from tests.browser.board import Board

pytestmark = pytest.mark.browser

PROFILE = "/profile?region=990102001001"
A4 = (595, 842)  # points
PAPER = 710  # pixels between the margins of A4, at 96 to the inch


def test_community_ys_profile_is_printed_on_a4_whole_and_as_text(board: Board) -> None:
    board.open("/?region=990102001001")
    board.shows("磁山社区")
    board.page.click(".tab:has-text('区域档案')")
    board.page.wait_for_function("location.pathname === '/profile'")
    board.settled()
    printed = PdfReader(io.BytesIO(board.page.pdf(prefer_css_page_size=True)))
    assert 2 <= len(printed.pages) <= 6
    assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in printed.pages} == {A4}
    said = "".join(page.extract_text() for page in printed.pages)
    assert "990102001001" in said
    assert said.count("/9") > 20  # places among the nine communities of the street
    assert board.page.locator(".panel").count() == len(PAGE.panels)


def test_on_paper_nothing_is_wider_than_the_column_and_no_control_is_left(board: Board) -> None:
    board.page.set_viewport_size({"width": PAPER, "height": 1000})
    board.open("/profile?region=990102")
    board.page.emulate_media(media="print")
    cut = board.page.evaluate(
        "[...document.querySelectorAll('.panel, .panel *')].filter(part => part.getClientRects().length"
        f" && !part.closest('.unseen') && part.getBoundingClientRect().right > {PAPER} + 1)"
        ".map(part => part.className + ' ' + part.textContent.slice(0, 30))"
    )
    assert cut == []
    for control in (".side", ".shape-switch", ".foot-links", ".print-button", ".region-search", ".pick"):
        assert not board.page.locator(control).first.is_visible(), control


def test_a_figure_of_a_sheet_colours_the_map_and_the_choice_is_in_the_address(board: Board) -> None:
    board.open(PROFILE)
    board.page.click("[data-panel=registry] th a:has-text('登记失业率')")
    board.page.wait_for_function("location.search.includes('indicator=unemployment_rate')")
    board.settled()
    assert "登记失业率" in board.page.inner_text("[data-panel=map] .tile-title")
    assert board.page.locator("[data-panel=map] .tile-here").count() == 1


def test_the_print_button_prints(board: Board) -> None:
    board.open(PROFILE)
    board.page.evaluate("window.print = () => { window.printed = true }")
    board.page.click(".print-button")
    assert board.page.evaluate("window.printed") is True
