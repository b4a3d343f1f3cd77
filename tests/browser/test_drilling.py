"""Walking by mouse and keyboard, sending what one sees, and panels that do not wait for each other."""

import pytest
from playwright.sync_api import Browser, Route

from tests.browser.board import Board

pytestmark = pytest.mark.browser

PAGES_WITH_MAP = ("/", "/loans", "/profile")


def figures(board: Board) -> list[str]:
    """What every panel says."""
    return board.page.locator(".panel").all_inner_texts()


def test_send_a_colleague_what_i_see(board: Board, chromium: Browser) -> None:
    board.open("/loans?by=bank")
    board.page.locator("[data-panel=outstanding] .barlayer .point path").first.click(force=True)
    board.page.wait_for_selector(".chip:has-text('银行')")
    board.settled()
    board.page.click(".crumb-below")
    board.page.locator(".menu-link").first.click()
    board.page.wait_for_function("location.search.includes('region=')")
    board.settled()
    board.page.click(".pick:has-text('上年同期')")
    board.page.click(".menu-link:has-text('上级区划水平')")
    board.page.wait_for_function("location.search.includes('compare=parent')")
    board.settled()
    sent = board.page.url
    assert all(part in sent for part in ("by=bank", "where=bank=", "region=", "compare=parent"))
    elsewhere = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    colleague = Board(elsewhere.new_page(), board.address)
    colleague.open(sent.removeprefix(board.address))
    colleague.page.wait_for_function(
        "said => String([...document.querySelectorAll('.panel')].map(panel => panel.innerText)) === String(said)",
        arg=figures(board),
    )
    assert colleague.page.locator(".chip").all_inner_texts() == board.page.locator(".chip").all_inner_texts()
    assert colleague.faults == []
    elsewhere.close()


@pytest.mark.parametrize("path", PAGES_WITH_MAP)
def test_a_tile_leads_down_and_back_leads_up(board: Board, path: str) -> None:
    board.open(path)
    city = board.page.inner_text(".crumb-here")
    tile = board.page.locator("[data-panel=map] .tile").first
    name = tile.locator(".tile-name").inner_text()
    tile.click()
    board.page.wait_for_function("location.search.includes('region=')")
    board.settled()
    assert board.page.inner_text(".crumb-here").startswith(name)
    board.page.go_back()
    board.shows(city)


def test_chips_say_what_is_chosen_and_are_removed_one_by_one_or_all(board: Board) -> None:
    board.open("/subsidies?period=2026Q2&where=kind=post&compare=peers")
    chips = board.page.locator(".chip").all_inner_texts()
    assert len(chips) == 3
    board.page.locator(".chip").first.click()
    board.page.wait_for_function("!location.search.includes('period')")
    board.settled()
    assert board.page.locator(".chip").count() == 2
    board.page.click(".chip-all")
    board.page.wait_for_function("location.search === ''")
    board.settled()
    assert not board.page.locator(".chip").count()
    board.page.go_back()
    board.page.wait_for_function("document.querySelectorAll('.chip').length === 2")


def test_the_marks_of_a_chart_are_walked_and_chosen_by_keyboard(board: Board) -> None:
    board.open("/loans")
    board.page.locator("[data-panel=outstanding] .barlayer .point path").first.wait_for()
    board.page.locator("[data-panel=outstanding] .chart").focus()
    board.page.keyboard.press("ArrowDown")
    said = board.page.locator("[aria-live=polite].unseen").inner_text()
    assert "区" in said
    board.page.keyboard.press("Enter")
    board.page.wait_for_function("location.search.includes('region=')")
    board.settled()
    assert board.page.inner_text(".crumb-here") in said


def test_a_row_of_a_table_is_chosen_by_keyboard(board: Board) -> None:
    board.open("/loans")
    panel = board.page.locator("[data-panel=outstanding]")
    panel.locator(".mantine-SegmentedControl-label").nth(1).click()
    cell = panel.locator(".ag-row .ag-cell").first
    cell.wait_for()
    board.settled()
    cell.focus()
    board.page.keyboard.press("Enter")
    board.page.wait_for_function("location.search.includes('region=')")
    board.settled()


def test_a_region_is_found_and_chosen_without_a_mouse(board: Board) -> None:
    board.open("/")
    board.page.keyboard.press("/")
    board.page.keyboard.type("csj")
    board.page.locator("[role=option]:has-text('磁山街道')").first.wait_for()
    board.page.wait_for_load_state("networkidle")
    board.page.keyboard.press("ArrowDown")
    board.page.wait_for_selector("[data-combobox-selected]:has-text('磁山街道')")
    board.page.keyboard.press("Enter")
    board.shows("磁山街道")


def test_the_frame_and_the_other_panels_do_not_wait_for_a_slow_one(board: Board) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    board.page.route("**/panels/loans/ageing*", hold)
    board.page.goto(board.address + "/loans")
    board.page.wait_for_selector("[data-panel=table] .figure-table")
    board.page.wait_for_function("document.querySelectorAll('.waiting').length === 1")
    assert board.page.locator("[data-panel=ageing] .waiting").count() == 1
    assert board.page.locator("[data-panel=ageing] h2").is_visible()
    assert board.page.locator("[data-panel=headlines] .card").count() == 4
    for route in held:
        route.continue_()
    board.page.wait_for_selector("[data-panel=ageing] .chart")
    board.page.unroute("**/panels/loans/ageing*")


def test_a_panel_whose_request_fails_says_so_and_the_others_stand(board: Board) -> None:
    board.page.route("**/panels/loans/ageing*", lambda route: route.fulfill(status=500, body=""))
    board.page.goto(board.address + "/loans")
    board.page.wait_for_selector("[data-panel=ageing] [data-unanswered*='没有应答']")
    board.page.wait_for_selector("[data-panel=collected] .chart")
    assert all("500" in fault or "panel-body" in fault for fault in board.faults)
    board.faults.clear()
