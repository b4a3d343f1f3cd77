"""What readers do: walk down, go back, send the address, switch language and light, look up, take rows away."""

from pathlib import Path

import pytest

from tests.browser.board import Board

pytestmark = pytest.mark.browser

PATHS = ("/", "/targets", "/ranking", "/loans", "/subsidies")
FILES = (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"))


def step_down(board: Board) -> str:
    """Choose the first region below, as a reader does: open the list at the end of the path, click; its name."""
    before = board.page.inner_text(".crumb-here")
    board.page.click(".crumb-below")
    link = board.page.locator(".menu-link").first
    name = link.locator("span").first.inner_text()
    link.click()
    assert name != before
    board.shows(name)
    return name


@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_walked_from_the_city_to_a_community_and_back(board: Board, path: str) -> None:
    board.open(path)
    walked = [board.page.inner_text(".crumb-here")]
    walked += [step_down(board) for _ in range(3)]
    assert board.page.locator(".crumb").all_inner_texts() == walked
    assert not board.page.locator(".crumb-below").count()
    assert not board.page.locator(".notice-failed").count()
    for name in reversed(walked[:-1]):
        board.page.go_back()
        board.shows(name)


def test_an_address_opened_again_shows_the_same(board: Board) -> None:
    board.open("/loans?region=990102&period=2026Q2&by=bank&compare=none")
    board.page.wait_for_load_state("networkidle")
    board.drawn()
    first = board.text
    board.page.reload()
    board.settled()
    board.page.wait_for_function("first => document.body.innerText === first", arg=first)
    assert "2026年第二季度" in first
    assert board.search == "?region=990102&period=2026Q2&by=bank&compare=none"


def test_a_click_on_a_bar_leads_down_and_back_leads_up(board: Board) -> None:
    board.open("/loans")
    city = board.page.inner_text(".crumb-here")
    bar = board.page.locator("[data-panel=outstanding] .barlayer .point path").first
    bar.wait_for()
    bar.click(force=True)
    board.page.wait_for_function("location.search.includes('region=')")
    board.settled()
    assert board.page.inner_text(".crumb-here") != city
    board.page.go_back()
    board.shows(city)
    assert board.search == ""


def test_a_click_on_a_bank_is_a_filter_that_can_be_removed(board: Board) -> None:
    board.open("/loans?by=bank")
    bar = board.page.locator("[data-panel=outstanding] .barlayer .point path").first
    bar.wait_for()
    bar.click(force=True)
    board.page.wait_for_selector(".chip")
    board.settled()
    assert "where=bank=" in board.search
    board.page.click(".chip")
    board.page.wait_for_function("!location.search.includes('where')")
    board.settled()
    assert not board.page.locator(".chip").count()


def test_the_language_is_switched_and_kept_while_walking(board: Board) -> None:
    board.open("/subsidies")
    assert "补贴支出" in board.page.title()
    board.page.click(".language")
    board.page.wait_for_function("document.documentElement.lang === 'en'")
    board.settled()
    assert "lang=en" in board.search
    assert "Subsidies" in board.page.title()
    board.page.click(".tab:has-text('Loans')")
    board.page.wait_for_function("location.pathname === '/loans'")
    board.settled()
    assert "Portfolio at risk" in board.text
    board.page.click(".language")
    board.page.wait_for_function("document.documentElement.lang === 'zh-CN'")
    assert board.search == ""


def test_light_and_dark_are_switched_and_remembered(board: Board) -> None:
    board.open("/")
    scheme = "document.documentElement.getAttribute('data-mantine-color-scheme')"
    surface = "getComputedStyle(document.querySelector('.panel')).backgroundColor"
    light = board.page.evaluate(surface)
    board.page.click("#scheme")
    board.page.wait_for_function(f"{scheme} === 'dark'")
    assert board.page.evaluate(surface) != light
    board.page.reload()
    board.settled()
    assert board.page.evaluate(scheme) == "dark"


@pytest.mark.parametrize("path", PATHS)
def test_every_panel_has_a_table_and_a_file(board: Board, path: str, downloads: Path) -> None:
    board.open(path)
    panels = [panel.get_attribute("data-panel") for panel in board.page.locator(".panel").all()]
    assert panels
    for name in panels:
        panel = board.page.locator(f"[data-panel={name}]")
        panel.locator(".mantine-SegmentedControl-label").nth(1).click()
        panel.locator(".ag-row").first.wait_for()
        board.settled()
        for kind, begins in FILES if name in (panels[0], panels[-1]) else ():  # all of them: test_reconciliation
            with board.page.expect_download() as download:
                panel.locator(f"a[download][href*='.{kind}']").click()
            file = downloads / f"{path.strip('/') or 'overview'}-{name}.{kind}"
            download.value.save_as(file)
            assert file.read_bytes().startswith(begins)
            if kind == "csv":
                assert len(file.read_text(encoding="utf-8-sig").splitlines()) > 1


def test_a_region_is_found_by_the_initials_of_its_name(board: Board) -> None:
    board.open("/")
    board.page.locator(".region-search input").first.click()
    board.page.keyboard.type("csjd")
    option = board.page.locator("[role=option]:has-text('磁山街道')").first
    option.wait_for()
    board.page.wait_for_load_state("networkidle")  # each letter asks for offers; the last answer redraws the list
    option.click()
    board.shows("磁山街道")
    assert board.search == "?region=990102001"


def test_a_figure_answers_for_itself(board: Board) -> None:
    board.open("/loans")
    board.page.locator("[data-panel=late] .foot-link:has-text('口径')").click()
    board.page.locator(".definitions").wait_for()
    said = board.page.inner_text(".definitions")
    assert "风险贷款率" in said
    assert "÷" in said
    assert "数据截至2026年9月30日" in said


def test_the_period_is_chosen_from_the_calendar(board: Board) -> None:
    board.open("/subsidies")
    board.page.click(".pick:has-text('2026年')")
    board.page.locator(".period-quarter[title='2026年第二季度']").click()
    board.page.wait_for_function("location.search === '?period=2026Q2'")
    board.settled()
    assert "2026年第二季度" in board.page.inner_text(".bar-choices")


def test_the_demonstration_city_says_so(board: Board) -> None:
    for path in ("/", "/methods"):
        board.open(path)
        assert board.page.inner_text(".badge") == "演示数据"
