"""So many people at one server: how long panels and pages take them.

Each opens page after page, of one region and period after another, and asks its panels as a browser does: six at a
time, each at its own address. A page is there when its last panel is. One of them may be Chromium itself.
`python -m tests.bench.people HOME PEOPLE SECONDS WORKERS THREADS QUERY_THREADS` measures one server.
"""

import itertools
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from threading import Thread
from typing import Final

import psutil

from dashboard.app import view_of
from dashboard.pages import PAGES
from dashboard.selection import Selection
from dashboard.warehouse import Warehouse
from tests.bench.weight import DRAWN
from tests.browser.board import Board, browser

AT_ONCE: Final = 6
PATIENCE: Final = 300
SKIPPED: Final = ("rows", "methods")
YEARS: Final = ("", "&period=2025", "&period=2026Q2")

Visit = tuple[float, list[tuple[int, float]]]  # seconds of a page; of each panel its status and seconds


@dataclass(frozen=True)
class Setting:
    """A server: processes, threads of each, and threads that DuckDB has for each."""

    workers: int
    threads: int
    query_threads: int

    def __str__(self) -> str:
        return f"{self.workers} × {self.threads} threads, DuckDB {self.query_threads}"


USUAL: Final = Setting(2, 4, 2)  # as `reemploy serve` starts it on two cores


@dataclass(frozen=True)
class Served:
    """What so many people met with: seconds of a panel and of a page (median, 95th percentile), CPU ms, memory.

    `browser_s`: seconds until Chromium had drawn the last figure of a page, where one of them was that.
    """

    people: int
    setting: Setting
    panels: int
    failed: int
    panel_s: tuple[float, float] | None
    page_s: tuple[float, float] | None
    cpu_ms_per_panel: float
    panels_per_s: float
    memory_mib: float
    browser_s: tuple[float, float] | None = None


@contextmanager
def serving(home: Path, setting: Setting) -> Iterator[tuple[int, psutil.Process]]:
    """The port of a server, and its process; ended by its own id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = list(map(str, (home, port, setting.workers, setting.threads, setting.query_threads)))
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.board", *arguments], stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        assert "ready" in server.stdout.readline()
        _asked(port, "/healthz")
        yield port, psutil.Process(server.pid)
    finally:
        server.terminate()
        server.communicate(timeout=120)


def met(home: Path, people: int, seconds: float, setting: Setting = USUAL, *, has_browser: bool = False) -> Served:
    """Let so many people read for so many seconds, of whom one has a browser if it says so."""
    addresses = list(_addresses(home))
    with serving(home, setting) as (port, process):
        _warm(port)
        before, begun = _cpu(process), time.perf_counter()
        until = begun + seconds
        visits: list[list[Visit]] = [[] for _ in range(people - has_browser)]
        readers = [
            Thread(target=_read, args=(port, addresses, number * 7, until, own)) for number, own in enumerate(visits)
        ]
        for reader in readers:
            reader.start()
        drawn = _drawn(f"http://127.0.0.1:{port}", until) if has_browser else []
        for reader in readers:
            reader.join()
        lasted, used = time.perf_counter() - begun, _cpu(process) - before
        memory = sum(each.memory_info().rss for each in [process, *process.children(recursive=True)]) / 2**20
    panels = [panel for own in visits for _, found in own for panel in found]
    taken = [second for status, second in panels if status in (200, 204)]
    return Served(
        people, setting, len(panels), len(panels) - len(taken), _two(taken),
        _two([page for own in visits for page, _ in own]), 1000 * used / max(len(panels), 1), len(panels) / lasted,
        memory, _two(drawn) if has_browser else None,
    )  # fmt: skip


def _drawn(address: str, until: float) -> list[float]:
    """Seconds of each page in Chromium, one after the other, each new to it, until the last figure is drawn."""
    found = []
    with browser() as chromium:
        paths = itertools.cycle(page.path for page in PAGES if page.name not in SKIPPED)
        while time.perf_counter() < until or not found:
            context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
            page = Board(context.new_page(), address).page
            begun = time.perf_counter()
            page.goto(address + next(paths))
            page.wait_for_function(DRAWN)
            found.append(time.perf_counter() - begun)
            context.close()
    return found


def _two(values: list[float]) -> tuple[float, float] | None:
    """Median and 95th percentile; None of nothing."""
    return (median(values), quantiles(values, n=20)[-1] if len(values) > 1 else values[0]) if values else None


def _addresses(home: Path) -> Iterator[list[str]]:
    """For each page, region and period the addresses of its panels."""
    view = view_of(Warehouse(home), Selection(), None)
    assert view is not None
    regions = [view.tree.root]
    while below := view.tree.children(regions[-1]):
        regions.append(below[len(regions) % len(below)])
    view.build.close()
    for period, region, page in itertools.product(YEARS, regions, PAGES):
        if page.name not in SKIPPED:
            yield [f"/panels/{page.name}/{panel.name}?region={region.code}{period}" for panel in page.shown(None)]


def _read(port: int, addresses: list[list[str]], first: int, until: float, visits: list[Visit]) -> None:
    with ThreadPoolExecutor(AT_ONCE) as browser:
        for number in itertools.count(first):
            begun = time.perf_counter()
            if begun > until:
                return
            found = list(browser.map(lambda path: _timed(port, path), addresses[number % len(addresses)]))
            visits.append((time.perf_counter() - begun, found))


def _timed(port: int, path: str) -> tuple[int, float]:
    begun = time.perf_counter()
    return _asked(port, path), time.perf_counter() - begun


def _asked(port: int, path: str) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def _warm(port: int) -> None:
    """What is worked out once a build, on each process as far as requests reach it."""
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: _asked(port, "/panels/overview/headlines"), range(8)))


def _cpu(process: psutil.Process) -> float:
    return sum(
        times.user + times.system
        for each in [process, *process.children(recursive=True)]
        for times in [each.cpu_times()]
    )


if __name__ == "__main__":
    told = [int(each) for each in sys.argv[2:]]
    print(met(Path(sys.argv[1]), told[0], told[1], Setting(*told[2:])))
