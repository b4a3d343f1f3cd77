"""What a street asks of the registry, as a user finds it out."""

import re

import pytest

from tests.browser.board import Board

pytestmark = pytest.mark.browser


def test_which_households_pass_day_20_this_week(board: Board) -> None:
    board.open("/registry?as_of=2026-06-04")
    board.page.click(".section:has-text('零就业家庭')")
    board.page.wait_for_selector("[data-panel=households]")
    board.settled()
    assert "section=households" in board.search
    assert not board.page.locator("[data-panel=unemployed]").count(), "another section's panels are gone"
    panel = board.page.locator("[data-panel=households]")
    panel.locator(".choice:has-text('7日内到期')").click()
    panel.locator(".reading:has-text('7日内有')").wait_for()
    days = [re.search(r"第\s*(\d+)\s*天", text) for text in panel.locator("tbody tr").all_inner_texts()]
    assert days
    assert all(day is not None and 14 <= int(day[1]) <= 20 for day in days)
    said = board.page.locator("[data-panel=household_cards] .card-value").nth(1).inner_text()
    assert said == str(len(days)), "as many as the figure counts"
    with board.page.expect_download() as download:
        panel.locator("a[download][href*='.csv']").click()
    assert len(download.value.path().read_text(encoding="utf-8-sig").splitlines()) == len(days) + 1
    board.page.go_back()
    board.page.go_back()
    board.page.wait_for_selector("[data-panel=unemployed]")
