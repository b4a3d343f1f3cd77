"""Signing in as people do it: a first password, a wrong one, a session that ends, Back after signing out."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import update

from dashboard.access.sign_in import FAILURES, IDLE
from dashboard.state.database import State
from dashboard.state.moment import now
from dashboard.state.tables import sessions
from tests.accounts_home import accounts_home
from tests.browser.board import PATIENCE_MS, served, until
from tests.demo_city import demo_home
from tests.states import PASSWORD

pytestmark = pytest.mark.browser
CHOSEN = "Another-hill-2027"


@pytest.fixture(scope="module")
def guarded_home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    base = tmp_path_factory.getbasetemp()
    return accounts_home(demo_home(base if worker_id == "master" else base.parent), base / "guarded-home")


@pytest.fixture(scope="module")
def guarded(guarded_home: Path) -> Iterator[str]:
    with served(guarded_home) as address:
        yield address


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 360, "height": 800}, locale="zh-CN")
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE_MS)
    yield opened
    context.close()


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.fill("#name", name)
    page.fill("#password", password)
    page.click("button[type=submit]")


def test_a_newcomer_is_led_to_a_password_of_their_own_and_then_to_the_page_asked_for(guarded: str, page: Page) -> None:
    page.goto(f"{guarded}/loans?lang=en")
    assert page.locator("h1").inner_text() == "Sign in"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    sign_in(page, "newcomer")
    page.fill("#present", PASSWORD)
    page.fill("#chosen", CHOSEN)
    page.fill("#again", CHOSEN)
    page.click("button.action")
    page.wait_for_selector(".panel")
    assert page.url == f"{guarded}/loans?lang=en"


def test_after_five_wrong_passwords_the_right_one_waits_and_the_words_stay_the_same(guarded: str, page: Page) -> None:
    page.goto(f"{guarded}/sign-in")
    told = set()
    for password in ["wrong"] * FAILURES + [PASSWORD]:
        sign_in(page, "reviewer", password)
        told.add(page.inner_text(".fault"))
    assert len(told) == 1
    assert "一刻钟" in told.pop()


def test_back_after_signing_out_shows_nothing(guarded: str, page: Page) -> None:
    page.goto(f"{guarded}/loans")
    sign_in(page, "district")
    page.wait_for_selector(".panel")
    page.click("details.account summary")
    page.click(".account-menu button")
    page.wait_for_selector("#name")
    page.go_back()
    page.wait_for_selector("#name")
    assert page.locator(".panel").count() == 0


def test_a_session_that_ended_leads_to_the_sign_in_page_and_back_to_the_view(
    guarded: str, guarded_home: Path, page: Page
) -> None:
    page.goto(f"{guarded}/loans")
    sign_in(page, "district")
    page.wait_for_selector(".panel")
    until(page, "!document.querySelector('.waiting')")  # a panel still under way would notice first
    page.wait_for_load_state("networkidle")
    with closing(State.of(guarded_home)) as state, state.write() as connection:
        connection.execute(update(sessions).values(seen_at=now() - IDLE - timedelta(seconds=1)))
    page.click(".menu-button")  # on a phone the pages stand behind it
    page.click(".tab[href^='/subsidies']")
    page.wait_for_selector("#name")
    sign_in(page, "district")
    page.wait_for_selector(".panel")
    assert page.url == f"{guarded}/subsidies"


def test_signing_in_needs_no_script(guarded: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{guarded}/administration/accounts")
    sign_in(page, "administrator")
    assert page.locator("h1").inner_text() == "账号"
    assert page.locator("tbody tr").count() >= 8
    context.close()
