"""What readers of the ranking do: open it, open a unit and see why, move a weight, switch to streets."""

import re

import pytest

from tests.browser.board import Board

pytestmark = pytest.mark.browser


def row(board: Board, panel: str, number: int = 0) -> list[str]:
    """The cells of one row of a panel's grid."""
    board.page.locator(f"[data-panel={panel}]").scroll_into_view_if_needed()
    found = board.page.locator(f"[data-panel={panel}] .ag-row[row-index='{number}']")
    found.first.wait_for()
    return found.first.locator(".ag-cell").all_inner_texts()


def test_a_unit_is_opened_from_the_league_and_says_why_it_stands_there(board: Board) -> None:
    board.open("/ranking")
    name = row(board, "league")[2]
    board.page.locator("[data-panel=league] .ag-row[row-index='0'] .ag-cell").nth(2).click()
    board.shows(name)
    readings = {
        panel: board.page.inner_text(f"[data-panel={panel}] .reading") for panel in ("unit", "apart", "peers", "chance")
    }
    assert all(name in reading for reading in readings.values())
    assert "第 1 名" in readings["unit"]
    assert "失分最多的是" in readings["unit"]
    before = readings["chance"]
    choice = board.page.locator("[data-panel=chance] .choice:not(.choice-here)").first
    label = choice.inner_text()
    choice.click()
    board.page.wait_for_function("location.search.includes('indicator=')")
    board.page.wait_for_function("label => document.querySelector('.choice-here')?.textContent === label", arg=label)
    board.settled()
    assert board.page.inner_text("[data-panel=chance] .reading") != before
    assert not board.page.locator(".notice-failed").count()


def test_a_moved_weight_changes_the_ranks_here_and_not_the_official_ones(board: Board) -> None:
    board.open("/ranking")
    official = [row(board, "league", number)[2] for number in range(3)]
    tried = [row(board, "workbench", number)[2] for number in range(3)]
    assert tried == official
    assert "非正式结果" in board.page.inner_text("[data-panel=workbench]")
    thumb = board.page.locator("[data-panel=workbench] [role=slider]").first
    thumb.focus()
    board.page.keyboard.press("End")
    board.page.wait_for_function("location.search.includes('weight=posts')")
    board.settled()
    assert re.search(r"weight=posts%3A100", board.search)
    reading = board.page.inner_text("[data-panel=workbench] .reading")
    assert "正式排名不受影响" in reading
    assert "个名次变动" in reading or "个变动" in reading
    assert [row(board, "league", number)[2] for number in range(3)] == official
    board.page.reload()
    board.settled()
    assert board.page.inner_text("[data-panel=workbench] .reading") == reading
    board.page.click(".workbench-back")
    board.page.wait_for_function("!location.search.includes('weight')")
    board.settled()
    assert [row(board, "workbench", number)[2] for number in range(3)] == official


def test_streets_and_districts_are_ranked_too(board: Board) -> None:
    board.open("/ranking")
    assert row(board, "league")[2].endswith("社区")
    board.open("/ranking?level=street")
    assert row(board, "league")[2].endswith(("街道", "镇", "乡"))
    board.open("/ranking?level=district&lang=en")
    assert row(board, "league")[2].endswith("区")
    assert "nothing is claimed" in board.page.inner_text("[data-panel=likely] .reading")
