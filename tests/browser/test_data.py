"""“Fix these rows”: from the list of what is held, through the corrected file, to rows that are settled."""

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from dashboard.pages.data import SECTIONS
from tests.browser.board import PATIENCE_MS, Board, served, window
from tests.browser.test_axe import violations

pytestmark = pytest.mark.browser

# What a clerk finds out, by what was delivered: the demonstration city's faults in the table of posts.
RIGHT = {"0": "4", "990103000000": "990103001001"}


@pytest.fixture
def clerk(home: Path, tmp_path: Path, chromium: Browser) -> Iterator[Board]:
    """A window on a copy of the demonstration city, for it is loaded into."""
    copy = tmp_path / "home"
    shutil.copytree(home, copy, ignore=shutil.ignore_patterns("state*", "editions", "known"))
    with served(copy) as address:
        yield from window(chromium, address)


def held(board: Board) -> list[int]:
    """The numbers of rows held, table by table."""
    board.open("/data?section=held")
    return [int(text) for text in board.page.locator("[data-panel=held_tables] td.number").all_inner_texts()]


def test_rows_are_downloaded_corrected_loaded_and_gone(clerk: Board, tmp_path: Path) -> None:
    page, before = clerk.page, held(clerk)
    page.get_by_role("link", name="岗位", exact=True).click()
    expect(page.locator(".chips")).to_contain_text("岗位", timeout=PATIENCE_MS)
    posts = page.locator("[data-panel=held_tables] tbody tr")
    expect(posts).to_have_count(1, timeout=PATIENCE_MS)
    number = int(posts.locator("td.number").inner_text())
    with page.expect_download() as taken:
        posts.get_by_role("link", name="CSV").click()
    assert taken.value.suggested_filename == "岗位-待改-磁湖市.csv"
    content = Path(taken.value.path()).read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert len(rows) == 1 + number
    corrected = tmp_path / taken.value.suggested_filename
    with corrected.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([rows[0], *([RIGHT.get(cell, cell) for cell in row] for row in rows[1:])])

    clerk.open("/data")
    page.get_by_role("link", name="装载数据").click()
    assert violations(clerk) == []
    page.set_input_files("#files", corrected)
    expect(page.locator("output")).to_contain_text(corrected.name, timeout=PATIENCE_MS)
    page.get_by_role("button", name="校验并装载").click()
    page.wait_for_url("**/data/load/*")
    expect(page.get_by_role("status")).to_contain_text("现已启用", timeout=PATIENCE_MS)
    expect(page.locator(".settled")).to_contain_text(
        f"装载前 {sum(before)} 行，现在 {sum(before) - number} 行", timeout=PATIENCE_MS
    )
    assert violations(clerk) == []
    assert sum(held(clerk)) == sum(before) - number
    assert page.get_by_role("link", name="岗位", exact=True).count() == 0


def test_no_part_of_the_page_violates_the_guidelines(board: Board) -> None:
    for section in SECTIONS[1:]:  # the first is looked at with all other pages
        board.open(f"/data?section={section.name}")
        board.scrolled_through()
        assert violations(board) == [], section.name
