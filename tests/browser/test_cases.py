"""Somebody of the finance office finds doubtful payments, opens a case, records what came back, and sees it."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.board import PATIENCE_MS, served
from tests.demo_city import demo_home

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """A home of its own: what is recorded here is seen by no other test."""
    base = tmp_path_factory.getbasetemp()
    home = tmp_path_factory.mktemp("cases") / "home"
    root = base if worker_id == "master" else base.parent
    shutil.copytree(demo_home(root), home, ignore=shutil.ignore_patterns("state*", "editions", "known"))
    with served(Path(home)) as address:
        yield address


def test_from_a_doubtful_payment_to_the_money_recovered(chromium: Browser, site: str) -> None:
    page = chromium.new_context(base_url=site, locale="zh-CN").new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto("/subsidies")
    page.get_by_role("link", name="疑点", exact=True).click()
    row = page.locator("[data-panel=doubts] tr", has_text="注销后发放")
    open_before = int(row.locator("a").first.inner_text())
    row.locator("a").first.click()
    page.locator("tbody tr").first.get_by_role("link").click()
    expect(page.locator(".this-row")).to_have_count(1)
    doubt = page.locator(".facts div", has_text="存疑金额").locator("strong").inner_text()
    page.fill("#amount", doubt)
    page.get_by_role("button", name="登记追回").click()
    expect(page.locator("h1 .case-state")).to_have_text("已追回")
    expect(page.locator(".steps")).to_contain_text(doubt)
    page.goto("/subsidies?section=doubts")
    row = page.locator("[data-panel=doubts] tr", has_text="注销后发放")
    expect(row.locator(".count-recovered")).to_have_text("1")
    expect(row.locator(".count-open")).to_have_text(str(open_before - 1))
    whole = page.locator("[data-panel=doubts] .reading")
    expect(whole).to_contain_text(re.compile("已追回 ￥" + re.sub(r"\.00$", "", doubt)))
    page.context.close()
