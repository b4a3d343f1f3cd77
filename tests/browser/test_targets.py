"""What leaders and streets ask of the page Targets, as a user finds it out."""

import re

import pytest

from tests.browser.board import Board

pytestmark = pytest.mark.browser


def test_which_district_is_furthest_behind_on_4050_and_since_when(board: Board) -> None:
    board.open("/")
    board.page.click(".tab:has-text('目标责任')")
    board.page.wait_for_function("location.pathname === '/targets'")
    board.settled()
    board.page.locator("[data-panel=bullets] th a:has-text('4050再就业人数')").first.click()
    board.page.wait_for_function("location.search.includes('indicator=placed_4050')")
    panel = board.page.locator("[data-panel=places]")
    panel.locator(".reading:has-text('4050再就业人数最落后的是')").wait_for()
    first = panel.locator("tbody tr").first
    district = first.locator("th").inner_text()
    assert first.locator(".state-word").inner_text() == "滞后"
    assert re.search(r"自(\d{4}年)?\d+月末?起", first.inner_text())
    reading = panel.locator(".reading").inner_text()
    assert re.search(
        rf"4050再就业人数最落后的是{district}：完成 [\d.]+%，与序时进度相差 −[\d.]+ 个百分点；自.*起滞后。", reading
    )
    leads = [
        float(text.replace("−", "-"))
        for text in re.findall(r"([−+]?[\d.]+) 个百分点", panel.locator("tbody").inner_text())
    ]
    assert leads == sorted(leads), "those furthest behind come first"
    first.locator("th a").click()
    board.shows(district)
    assert "indicator=placed_4050" in board.search, "one step down the indicator is still the one chosen"


def test_what_a_street_must_place_each_week_to_make_it(board: Board) -> None:
    board.open("/targets")
    board.page.locator(".region-search input").first.click()
    board.page.keyboard.type("csjd")
    option = board.page.locator("[role=option]:has-text('磁山街道')").first
    option.wait_for()
    board.page.wait_for_load_state("networkidle")
    option.click()
    board.shows("磁山街道")
    panel = board.page.locator("[data-panel=paces]")
    panel.locator(".reading:has-text('磁山街道')").wait_for()
    row = panel.locator("tr:has(th:text-is('再就业人数'))")
    needed = row.locator("td").first.inner_text()
    reading = panel.locator(".reading").inner_text()
    found = re.search(
        r"要达到 ([\d,]+) 人，磁山街道到2026年12月31日每周须完成 ([\d.]+) 人；近3个月每周完成 ([\d.]+) 人。",
        reading,
    )
    assert found, reading
    target, said = float(found[1].replace(",", "")), found[2]
    assert said == needed
    own = board.page.locator("[data-panel=bullets] tr:has(a:text-is('再就业人数'))").first
    bullet = own.locator("td.figure").inner_text()
    assert float(said) == pytest.approx((target - float(bullet.replace(",", ""))) / (92 / 7), abs=0.06)
