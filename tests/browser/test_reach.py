"""Reach: by keyboard alone, at every width and size of type, without motion, in one language at a time."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import BrowserContext

from dashboard.pages import PAGES
from tests.browser.board import Board, forget, watched
from tests.words_of_data import LATIN, words_of_data

pytestmark = pytest.mark.browser

PATHS = [page.path for page in PAGES]
WIDTHS = (360, 768, 1440, 1920, 3840)

# Everything that a page says, but for code and for what is marked as written in another language.
SAID: Final = """() => {
  const found = [], apart = 'script, style, noscript, code, .code, [lang]:not(html)';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest(apart)) found.push(walker.currentNode.textContent);
  }
  for (const part of document.querySelectorAll('[title], [aria-label], [placeholder], [alt], [data-title]')) {
    if (part.closest(apart)) continue;
    const names = ['title', 'aria-label', 'placeholder', 'alt', 'data-title'];
    found.push(...names.map(name => part.getAttribute(name) || ''));
  }
  return found;
}"""
# Text that its own box cuts off; what scrolls is not cut, and what is meant for the ear alone is not seen.
CUT: Final = """() => [...document.querySelectorAll('.frame *')].filter(part => {
  if (![...part.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())) return false;
  const style = getComputedStyle(part);
  if (part.closest('.unseen, svg, .ag-root-wrapper, [hidden]') || !part.offsetWidth) return false;
  const hides = ['hidden', 'clip'].includes(style.overflowX) || ['hidden', 'clip'].includes(style.overflowY);
  return hides && (part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1);
}).map(part => part.className + ': ' + part.textContent.slice(0, 60))"""


@pytest.fixture(scope="module", params=PATHS)
def opened(request: pytest.FixtureRequest, address: str, readers: BrowserContext) -> Iterator[Board]:
    """A window with one page in Chinese, loaded once for all that looks at it; narrowed and enlarged last of all."""
    forget(readers, address)
    yield from watched(readers.new_page(), address, str(request.param))


def test_a_chinese_page_says_nothing_in_english(opened: Board) -> None:
    opened.scrolled_through()
    words = {word for said in opened.page.evaluate(SAID) for word in re.findall(r"[A-Za-z]{2,}", said)}
    assert words - LATIN == set()


def test_everything_that_acts_is_reached_by_tab_and_shows_its_focus(opened: Board) -> None:
    acts = "a[href], button:not([disabled]), input:not([disabled])"
    unreached = opened.page.evaluate(
        f"""() => [...document.querySelectorAll('.frame')].flatMap(frame => [...frame.querySelectorAll({acts!r})])
        .filter(part => part.offsetWidth && part.tabIndex < 0 && !part.closest('.ag-root-wrapper, [role=radiogroup]'))
        .map(part => part.outerHTML.slice(0, 120))"""
    )
    assert unreached == []
    seen = 0
    for _ in range(12):
        opened.page.keyboard.press("Tab")
        seen += opened.page.evaluate("getComputedStyle(document.activeElement).outlineStyle !== 'none'")
    assert seen >= 11  # a field shows its focus by its border


def test_no_page_is_wider_than_the_window_and_no_text_is_cut_in_either_type(opened: Board) -> None:
    for size in ("14px", "17.5px"):
        opened.page.set_viewport_size({"width": 1440, "height": 900})
        if size == "17.5px":
            opened.page.click(".type-switch")
        assert opened.page.evaluate("getComputedStyle(document.body).fontSize") == size
        for width in WIDTHS:
            opened.page.set_viewport_size({"width": width, "height": 900})
            opened.drawn()
            # Charts and grids follow the window a moment later.
            opened.page.wait_for_function("width => document.documentElement.scrollWidth <= width", arg=width)
            assert opened.page.evaluate(CUT) == [], (size, width)


def test_large_type_is_switched_and_remembered_and_the_charts_follow(board: Board) -> None:
    tick = ".js-plotly-plot .ytick text"
    size = f"parseFloat(getComputedStyle(document.querySelector('{tick}') ?? document.body).fontSize)"
    board.open("/loans")
    board.page.wait_for_selector(tick)  # a chart draws itself once its library has come
    normal = board.page.evaluate(size)
    board.page.click(".type-switch")
    board.page.wait_for_function(f"{size} > {normal}")
    assert board.page.evaluate(size) == normal * 1.25
    board.page.reload()
    board.settled()
    board.page.wait_for_selector(tick)
    assert board.page.inner_text(".type-switch") == "标准字"
    board.page.click(".type-switch")
    board.page.wait_for_function(f"{size} === {normal}")


def test_the_first_tab_skips_to_the_figures(board: Board) -> None:
    board.open("/")
    board.page.keyboard.press("Tab")
    assert board.page.evaluate("document.activeElement.className") == "skip"
    assert board.page.evaluate("document.activeElement.getBoundingClientRect().top >= 0")
    board.page.keyboard.press("Enter")
    assert board.page.evaluate("document.activeElement.id") == "main"


def test_on_a_phone_the_pages_lie_behind_one_button(board: Board) -> None:
    board.page.set_viewport_size({"width": 360, "height": 740})
    board.open("/methods?region=990102")
    pages, button = board.page.locator(".tabs"), board.page.locator(".menu-button")
    assert not pages.is_visible()
    button.focus()
    board.page.keyboard.press("Enter")
    pages.wait_for()
    assert button.get_attribute("aria-expanded") == "true"
    board.page.keyboard.press("Escape")
    pages.wait_for(state="hidden")
    board.page.wait_for_function("document.activeElement.matches('.menu-button')")
    board.page.keyboard.press("Enter")
    board.page.keyboard.press("Tab")
    assert board.page.evaluate("document.activeElement.textContent") == "总览"
    board.page.keyboard.press("Enter")
    board.page.wait_for_function("location.pathname === '/'")
    assert board.search == "?region=990102"
    assert not pages.is_visible()


def test_a_box_that_opens_holds_the_focus_and_gives_it_back(board: Board) -> None:
    board.open("/loans")
    opener = board.page.locator(".crumb-below")
    opener.focus()
    board.page.keyboard.press("Enter")
    board.page.locator("[role=dialog] .menu-link").first.wait_for()
    board.page.wait_for_function("document.activeElement.closest('[role=dialog]')")
    for _ in range(6):
        board.page.keyboard.press("Tab")
        assert board.page.evaluate("Boolean(document.activeElement.closest('[role=dialog]'))")
    board.page.keyboard.press("Escape")
    board.page.wait_for_function("document.activeElement.matches('.crumb-below')")


def test_a_row_of_a_grid_is_opened_by_enter(board: Board) -> None:
    board.open("/loans")
    panel = board.page.locator("[data-panel=outstanding]")
    panel.locator(".mantine-SegmentedControl-label").nth(1).click()
    panel.locator(".ag-row [role=gridcell]").first.wait_for()
    panel.locator(".ag-header-cell").first.focus()
    board.page.keyboard.press("ArrowDown")
    board.page.wait_for_function("document.activeElement.matches('[role=gridcell]')")
    board.page.keyboard.press("Enter")
    board.page.wait_for_function("location.search.includes('region=')")


def test_nothing_moves_for_who_wants_no_motion(board: Board) -> None:
    board.page.emulate_media(reduced_motion="reduce")
    board.open("/")
    assert board.page.evaluate("document.getAnimations().length") == 0
    lasting = "part => parseFloat(getComputedStyle(part).transitionDuration) > 0"
    assert board.page.evaluate(f"[...document.querySelectorAll('*')].filter({lasting}).length") == 0


@pytest.fixture(scope="session")
def data(home: Path) -> str:
    return words_of_data(home)


@pytest.mark.parametrize("path", PATHS)
def test_an_english_page_says_nothing_in_chinese_but_names_of_the_data(board: Board, data: str, path: str) -> None:
    board.open(f"{path}?lang=en")
    board.scrolled_through()
    board.page.evaluate("document.querySelectorAll('[data-panel^=example]').forEach(rows => rows.remove())")
    words = {word for said in board.page.evaluate(SAID) for word in re.findall(r"[\u4e00-\u9fff]+", said)}
    assert {word for word in words if word not in data} == set()


def test_charts_beyond_bars_and_lines_fetch_the_larger_plotly_when_they_are_drawn(board: Board) -> None:
    asked: list[str] = []
    board.page.on("request", lambda request: asked.append(request.url.split("?")[0].rpartition("/")[2]))
    board.open("/loans")
    assert "plotly-basic.min.js" in asked
    assert "plotly-more.min.js" not in asked
    drawn = board.page.evaluate(
        """async () => {
          const room = document.body.appendChild(document.createElement('div'));
          const treemap = {type: 'treemap', labels: ['a', 'b'], parents: ['', 'a'], values: [2, 1]};
          const sankey = {type: 'sankey', node: {label: ['a', 'b']}, link: {source: [0], target: [1], value: [1]}};
          const found = [];
          for (const trace of [treemap, sankey]) {
            await window.Plotly.react(room, {data: [trace], layout: {width: 300, height: 200}});
            await window.Plotly.Plots.resize(room);
            found.push(room.querySelectorAll('.treemaplayer .slice, .sankey-link').length);
          }
          window.Plotly.purge(room);
          return found;
        }"""
    )
    assert drawn == [2, 1]
    assert asked.count("plotly-more.min.js") == 1
