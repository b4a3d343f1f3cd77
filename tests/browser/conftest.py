"""One server and one browser for all browser tests of a worker."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.board import Board, browser, forget, profile, served, watched
from tests.demo_city import demo_home


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The home of the demonstration city that is served."""
    base = tmp_path_factory.getbasetemp()
    return demo_home(base if worker_id == "master" else base.parent)


@pytest.fixture(scope="session")
def address(home: Path) -> Iterator[str]:
    with served(home) as served_at:
        yield served_at


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture(scope="session")
def readers(address: str, chromium: Browser) -> Iterator[BrowserContext]:
    """The profile of all readers of one worker."""
    with profile(chromium, address) as shared:
        yield shared


@pytest.fixture
def board(address: str, readers: BrowserContext) -> Iterator[Board]:
    """A new window, nothing remembered; the test fails on any console error and any request that leaves the host."""
    forget(readers, address)
    yield from watched(readers.new_page(), address)


@pytest.fixture(scope="session")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("downloads")
