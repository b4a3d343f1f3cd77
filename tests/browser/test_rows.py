"""What those ask who guard the money and the data: the rows behind a figure, and why it is not what it was."""

import csv
import re
from pathlib import Path

import pytest

from tests.browser.board import Board

pytestmark = pytest.mark.browser


def test_show_me_the_payments_behind_this_bar(board: Board, downloads: Path) -> None:
    board.open("/subsidies?section=way&by=kind")
    bars = board.page.locator("[data-panel=areas] .barlayer .point path")
    bars.first.wait_for()
    bars.first.click(force=True)
    board.page.wait_for_function("location.search.includes('where=kind=')")
    board.settled()
    board.page.locator("[data-panel=areas] .foot-link:has-text('口径')").click()
    board.page.locator(".definitions .way-to-rows").first.click()
    board.page.wait_for_function("location.pathname === '/rows' && location.search.includes('where=kind=')")
    board.settled()
    figure = board.page.locator("[data-panel=figure]")
    figure.locator(":text('明细合计与指标完全一致')").wait_for()
    rows = board.page.locator("[data-panel=rows]")
    said = re.search(r"共 ([\d,]+) 行，合计 ([\d,.]+)；", rows.locator(".reading").inner_text())
    assert said is not None
    with board.page.expect_download() as taken:
        rows.locator("a:has-text('CSV')").click()
    file = downloads / "rows.csv"
    taken.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as text:
        payments = list(csv.DictReader(text))
    assert len(payments) == int(said[1].replace(",", ""))
    assert sum(round(100 * float(row["计入数 (元)"])) for row in payments) == round(
        100 * float(said[2].replace(",", ""))
    )
    assert len({row["支付号"] for row in payments}) == len(payments)


def test_why_the_figure_changed_since_the_load_before(board: Board) -> None:
    board.open("/data?section=changed")
    panel = board.page.locator("[data-panel=changed]")
    panel.locator(".worklist a:text-is('再就业人数')").click()
    board.page.wait_for_function("location.pathname === '/rows' && location.search.includes('since=')")
    board.settled()
    reading = board.page.locator("[data-panel=changed] .reading").inner_text()
    assert re.search(r"截至.*日，第 \d+ 次装载时为 [\d,]+，按现有数据为 [\d,]+[：；]", reading)
    origins = board.page.locator("[data-panel=origins]")
    load = origins.locator(".worklist a").first
    number = load.inner_text()
    load.click()
    board.page.wait_for_function("location.pathname === '/data' && location.search.includes('where=load=')")
    board.settled()
    assert f"where=load={number}" in board.search
