"""The dashboard in a real browser: a server of its own, and a page that reports every fault."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import monotonic
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Windows of one context are one process: to start it and compile the programs is half the work of a page.
    "--process-per-site",
)
PATIENCE_MS = 60_000  # the machine may be shared


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The address of a server over `home`; it is ended by its process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    reemploy = str(Path(sys.executable).with_name("reemploy"))
    command = [reemploy, "serve", "--home", str(home), "--port", str(port), "--workers", "1", "--log-level", "warning"]
    server = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONWARNINGS": "ignore"}
    )
    try:
        assert server.stdout is not None
        assert f"http://127.0.0.1:{port}/" in server.stdout.readline()
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE_MS / 1000) as answer:
            assert answer.status == 200
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.communicate(timeout=60)


@contextmanager
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield chromium
        finally:
            chromium.close()


def until(page: Page, condition: str, *, arg: object = None) -> None:
    """Wait until a condition, an expression or a function of `arg`, holds in the page."""
    give_up = monotonic() + PATIENCE_MS / 1000
    while not page.evaluate(condition, arg):
        assert monotonic() < give_up, f"waited in vain for {condition}"
        page.wait_for_timeout(50)


class Board:
    """One reader's window; `faults` holds console errors, failed requests and requests to other hosts."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.faults: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        # Playwright's own hands the condition to `eval` inside the page, which the page's security policy refuses.
        page.wait_for_function = partial(until, page)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}\n{error.stack}"))
        page.on("request", self._see)
        page.on("response", lambda answer: answer.status >= 400 and self.faults.append(f"{answer.status} {answer.url}"))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text}")

    def _see(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"left the host: {request.url}")

    def open(self, path: str) -> None:
        """Go to an address of the product and wait until its panels are drawn."""
        self.page.goto(self.address + path)
        self.settled()

    def settled(self) -> None:
        """Wait until no panel is waiting or loading and every chart is drawn."""
        self.page.wait_for_selector(".panel, .main > .notice")
        self.page.wait_for_function(
            "!document.querySelector('.waiting') && !document.querySelector('[data-dash-is-loading=true]')"
            " && [...document.querySelectorAll('.dash-graph')].every(chart => chart.querySelector('.main-svg'))"
        )

    def drawn(self) -> None:
        """Wait until the browser has laid out what changed, charts included, and shown it."""
        self.page.evaluate(
            "() => new Promise(done => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 250))"
        )

    def scrolled_through(self) -> None:
        """Bring every panel into sight once: grids lay out their columns only then; back at the top."""
        self.page.evaluate(
            """async () => {
              for (let top = 0; top < document.body.scrollHeight; top += innerHeight * 0.8) {
                scrollTo(0, top);
                await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
              }
              scrollTo(0, 0);
            }"""
        )
        for grid in self.page.locator(".grid").all():
            grid.scroll_into_view_if_needed()
            grid.locator(".ag-header-cell").first.wait_for()
            self.laid_out()
        self.page.evaluate("scrollTo(0, 0)")
        self.settled()

    def laid_out(self) -> None:
        """Wait until every grid in sight has heads, and every row its cells: pinned columns come first."""
        self.page.wait_for_function(
            "[...document.querySelectorAll('.grid')].every(grid => !grid.offsetHeight"
            " || grid.querySelector('[role=columnheader]'))"
            " && [...document.querySelectorAll('.grid [role=row]')].every(row => !row.offsetWidth"
            " || row.childElementCount)"
        )

    def shows(self, region: str) -> None:
        """Wait until the breadcrumb ends with `region`, then until the panels have followed."""
        self.page.wait_for_function("name => document.querySelector('.crumb-here')?.textContent === name", arg=region)
        self.settled()

    @property
    def search(self) -> str:
        """The query string of the address."""
        return str(self.page.evaluate("location.search"))

    @property
    def text(self) -> str:
        """All that the page says."""
        return self.page.inner_text("body")


def reader(chromium: Browser) -> BrowserContext:
    """A browser's profile that was never used."""
    return chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN", accept_downloads=True)


@contextmanager
def profile(chromium: Browser, address: str) -> Iterator[BrowserContext]:
    """A profile whose windows share what they fetched and compiled, while its first one, of no page, stays open."""
    context = reader(chromium)
    context.new_page().goto(address + "/healthz")
    yield context
    context.close()


def forget(context: BrowserContext, address: str) -> None:
    """Make a reader in `profile` one that was never here: nothing is signed in, chosen or remembered."""
    context.clear_cookies()
    kept = {"origin": address, "storageTypes": "cookies,local_storage,indexeddb,service_workers,cache_storage"}
    session = context.new_cdp_session(context.pages[0])
    session.send("Storage.clearDataForOrigin", kept)
    session.detach()


def window(chromium: Browser, address: str, path: str | None = None) -> Iterator[Board]:
    """A new window of a new profile, opened at `path` if one is given."""
    context = reader(chromium)
    yield from watched(context.new_page(), address, path)
    context.close()


def watched(page: Page, address: str, path: str | None = None) -> Iterator[Board]:
    """A new window, opened at `path` if one is given, and closed; whoever used it fails on what it did wrong."""
    board = Board(page, address)
    if path is not None:
        board.open(path)
    yield board
    faults = list(board.faults)
    page.close()
    assert not faults, "\n".join(faults)
