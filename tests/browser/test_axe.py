"""Every page in both lights passes axe-core's rules of WCAG 2.0 to 2.2, level AA."""

from pathlib import Path
from typing import Any

import pytest

from dashboard.pages import PAGES
from tests.browser.board import Board

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(board: Board) -> list[str]:
    """What axe finds on the page as it stands: the rule and the element."""
    board.page.evaluate(AXE)
    found: dict[str, Any] = board.page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
    )
    return [f"{fault['id']}: {node['html'][:160]}" for fault in found["violations"] for node in fault["nodes"]]


SECTIONS = (  # with marks that no other page has
    "/registry?section=ledgers",
    "/registry?section=platform",
    "/loans?section=arrears",
    "/loans?section=fund",
)


@pytest.mark.parametrize("path", [*(page.path for page in PAGES), *SECTIONS])
def test_no_page_violates_the_guidelines_in_either_light(board: Board, path: str) -> None:
    board.open(path)
    board.scrolled_through()
    assert violations(board) == []
    board.page.emulate_media(color_scheme="dark")
    board.drawn()
    board.laid_out()
    assert violations(board) == []


def test_axe_would_find_a_fault(board: Board) -> None:
    board.open("/methods")
    board.page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<button></button>')")
    assert any(found.startswith("button-name") for found in violations(board))


@pytest.mark.parametrize("opener", [".pick", ".crumb-below", ".foot-link[aria-haspopup]"])
def test_what_opens_violates_nothing_either(board: Board, opener: str) -> None:
    board.open("/loans")
    board.page.locator(opener).first.click()
    board.page.locator("[role=dialog]").first.wait_for()
    assert violations(board) == []


def test_the_pages_behind_their_button_on_a_phone_violate_nothing(board: Board) -> None:
    board.page.set_viewport_size({"width": 360, "height": 740})
    board.open("/")
    board.page.click(".menu-button")
    board.page.locator(".tabs").wait_for()
    assert violations(board) == []
