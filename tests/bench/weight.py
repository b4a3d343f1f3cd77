"""What a visit weighs and how long it takes until the figures are drawn: `python -m tests.bench.weight [HOME]`.

Over the Chrome DevTools protocol, on loopback: bytes are those that crossed the wire, headers included. First: by a
browser that has kept nothing. Repeated: by the same browser at the same address.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter

from playwright.sync_api import Browser, CDPSession, Page

from dashboard.pages import PAGES
from tests.browser.board import PATIENCE_MS, Board, browser, served

ROUNDS = 3
FIRST_LIMIT, AGAIN_LIMIT = 1_700_000, 20_000  # bytes on the wire that a visit may cost
DRAWN = """() => !document.querySelector('.waiting') && !document.querySelector('[data-dash-is-loading=true]')
  && document.querySelector('.panel, .main > .notice')
  && [...document.querySelectorAll('.dash-graph')].every(graph => graph.querySelector('.main-svg'))
  && [...document.querySelectorAll('.grid')].every(grid => grid.querySelector('.ag-row'))"""


@dataclass
class Visit:
    """Bytes on the wire, requests that crossed it, and seconds until every figure was drawn."""

    sent: int = 0
    requests: int = 0
    seconds: float = 0.0
    largest: dict[str, int] = field(default_factory=dict)


@contextmanager
def counted(page: Page, session: CDPSession) -> Iterator[Visit]:
    """A visit that is counted until the block ends and all figures are drawn."""
    visit, addresses = Visit(), {}

    def answered(event: dict) -> None:  # type: ignore[type-arg]  # DevTools' own shape
        if not event["response"].get("fromDiskCache") and not event["response"]["url"].startswith(("data:", "blob:")):
            addresses[event["requestId"]] = event["response"]["url"].split("?")[0].rpartition("/")[2] or "/"

    def finished(event: dict) -> None:  # type: ignore[type-arg]  # the same
        if name := addresses.get(event["requestId"]):
            visit.requests += 1
            visit.sent += int(event["encodedDataLength"])
            visit.largest[name] = visit.largest.get(name, 0) + int(event["encodedDataLength"])

    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", finished)
    started = perf_counter()
    yield visit
    page.wait_for_function(DRAWN)
    visit.seconds = perf_counter() - started
    page.wait_for_load_state("networkidle")
    session.remove_listener("Network.responseReceived", answered)
    session.remove_listener("Network.loadingFinished", finished)


def visits(chromium: Browser, address: str, path: str) -> tuple[Visit, Visit]:
    """The first visit to a page and a repeated one, in a browser of its own."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    board = Board(context.new_page(), address)
    board.page.set_default_timeout(PATIENCE_MS)
    session = context.new_cdp_session(board.page)
    session.send("Network.enable")
    with counted(board.page, session) as first:
        board.page.goto(address + path)
    with counted(board.page, session) as again:
        board.page.goto(address + path)
    context.close()
    assert board.faults == [], board.faults
    return first, again


def _largest(visit: Visit) -> str:
    return ", ".join(f"{name} {sent:,}" for name, sent in sorted(visit.largest.items(), key=lambda one: -one[1])[:8])


def table(home: Path, rounds: int = ROUNDS) -> tuple[list[str], list[str]]:
    """A line for every page, and what is heavier than it may be."""
    lines = [
        "| page | first visit | requests | drawn after | repeated visit | requests | drawn after |",
        "|---|---|---|---|---|---|---|",
    ]
    heavy = []
    with served(home) as address, browser() as chromium:
        for page in PAGES:
            pairs = [visits(chromium, address, page.path) for _ in range(rounds)]
            first, again = (max(each, key=lambda visit: visit.sent) for each in zip(*pairs, strict=True))
            seconds = [median(pair[which].seconds for pair in pairs) for which in (0, 1)]
            lines.append(
                f"| {page.name} | {first.sent / 1000:,.0f} kB | {first.requests} | {seconds[0]:.1f} s "
                f"| {again.sent / 1000:,.1f} kB | {again.requests} | {seconds[1]:.1f} s |"
            )
            if first.sent > FIRST_LIMIT or again.sent > AGAIN_LIMIT:
                heavy.append(f"{page.name}: {_largest(first)}; again: {_largest(again)}")
    return lines, heavy


if __name__ == "__main__":
    given = sys.argv[1:] or [os.environ.get("REEMPLOY_HOME", ".reemploy")]
    rows, faults = table(Path(given[0]))
    print("\n".join(rows))
    sys.exit("\n".join(["heavier than it may be:", *faults]) if faults else 0)
