"""Two accounts bring out an edition, from a blocked check through an objection to a correction; the public reads."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.access.account import OPERATOR
from dashboard.access.accounts import Accounts
from dashboard.access.roles import Role
from dashboard.state.database import State
from tests.browser.board import PATIENCE_MS, served
from tests.demo_city import demo_home

pytestmark = pytest.mark.browser

PASSWORD = "Lake-and-hill-2026"
STAFF: dict[str, Role] = {"lin": "editor", "zhou": "reviewer"}
FIRST, SECOND = "2026Q3-community-1", "2026Q3-community-2"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    base = tmp_path_factory.getbasetemp()
    home = tmp_path_factory.mktemp("publication") / "home"
    root = base if worker_id == "master" else base.parent
    shutil.copytree(demo_home(root), home, ignore=shutil.ignore_patterns("state*", "editions"))
    state = State.of(home)
    for name, role in STAFF.items():
        Accounts(state).add(name, PASSWORD, (role,), by=OPERATOR, must_change=False)
    state.close()
    with served(Path(home)) as address:
        yield address


def window(chromium: Browser, site: str, *, script: bool = True) -> Page:
    page = chromium.new_context(base_url=site, locale="zh-CN", java_script_enabled=script).new_page()
    page.set_default_timeout(PATIENCE_MS)
    return page


def signed_in(chromium: Browser, site: str, name: str) -> Page:
    page = window(chromium, site)
    page.goto("/sign-in?next=/desk")
    page.fill("input[name=name]", name)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    expect(page.get_by_role("heading", name="发布工作台")).to_be_visible()
    return page


def draft(page: Page, period: str, day: str) -> None:
    page.goto("/desk")
    page.fill("#period", period)
    page.fill("#issued_on", day)
    page.get_by_role("button", name="起草并检查").click()
    page.wait_for_url("**/desk/*")


def step(page: Page, edition: str, button: str) -> None:
    page.goto(f"/desk/{edition}")
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def state_of(page: Page) -> str:
    return page.locator(".way [aria-current]").inner_text()


def test_from_a_blocked_check_to_a_correction(chromium: Browser, site: str) -> None:
    editor, reviewer = signed_in(chromium, site, "lin"), signed_in(chromium, site, "zhou")
    public = window(chromium, site, script=False)

    draft(editor, "2026Q4", "2027-01-15")
    expect(editor.locator("[data-check=period]")).to_have_class("blocks")
    step(editor, "2026Q4-community-1", "提交审核")
    expect(editor.get_by_role("alert")).to_contain_text("不能提交")
    assert state_of(editor) == "草稿"
    step(editor, "2026Q4-community-1", "撤回")

    draft(editor, "2026Q3", "2026-10-15")
    expect(editor.locator("[data-check].blocks")).to_have_count(0)
    editor.get_by_role("link", name="发布当日的公报页").click()
    expect(editor.get_by_role("status")).to_contain_text("预览")
    step(editor, FIRST, "提交审核")
    expect(editor.get_by_role("button", name="审核通过")).to_have_count(0)
    assert public.goto("/bulletins")
    expect(public.get_by_text("尚未发布公报。")).to_be_visible()
    step(reviewer, FIRST, "审核通过")
    step(editor, FIRST, "立即发布")
    assert state_of(editor) == "已发布"

    public.goto("/bulletins")
    public.get_by_role("link", name=FIRST).first.click()
    expect(public.get_by_text("暂无异议", exact=False)).to_be_visible()
    answer = public.request.get(f"/bulletins/{FIRST}/bulletin.pdf")
    assert (answer.status, answer.body()[:5]) == (200, b"%PDF-")
    assert public.request.get(f"/desk/{FIRST}", max_redirects=0).status == 303

    editor.goto(f"/desk/{FIRST}")
    editor.fill("#received_on", "2026-10-16")
    editor.fill("#text", "求职登记人数疑有遗漏。")
    editor.get_by_role("button", name="登记异议").click()
    reviewer.goto(f"/desk/{FIRST}")
    reviewer.fill("input[name=answer]", "属实，已更正。")
    reviewer.get_by_role("button", name="裁定", exact=True).click()

    editor.goto(f"/desk/{FIRST}")
    editor.fill("#note_zh", "补录一笔登记后重新计算。")
    editor.fill("#note_en", "Computed anew after a late registration.")
    editor.fill("#corrected_on", "2026-10-20")
    editor.get_by_role("button", name="起草更正版").click()
    editor.wait_for_url(f"**/desk/{SECOND}")
    step(editor, SECOND, "提交审核")
    step(reviewer, SECOND, "审核通过")
    step(editor, SECOND, "立即发布")

    public.goto("/bulletins")
    expect(public.locator(".newest")).to_contain_text("更正版")
    public.goto(f"/bulletins/{FIRST}")
    expect(public.get_by_role("status")).to_contain_text(SECOND)
    expect(public.locator(".objections")).to_contain_text("属实，已更正。")
    public.goto(f"/bulletins/{FIRST}?lang=en")
    expect(public.get_by_role("status")).to_contain_text("Computed anew after a late registration.")
    for page in (editor, reviewer, public):
        page.context.close()
