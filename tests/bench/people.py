"""One, sixteen and sixty-four people at one server: how long panels and pages take them.

Each opens page after page, of one region and period after another, and asks its panels as a browser does: six at a
time, each at its own address. A page is there when its last panel is.
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

AT_ONCE: Final = 6
PATIENCE: Final = 300
SKIPPED: Final = ("rows", "methods")
YEARS: Final = ("", "&period=2025", "&period=2026Q2")


@dataclass(frozen=True)
class Served:
    """What so many people met with: seconds of a panel and of a page (median, 95th percentile), CPU ms, memory."""

    people: int
    setting: str
    panels: int
    failed: int
    panel_s: tuple[float, float]
    page_s: tuple[float, float]
    cpu_ms_per_panel: float
    panels_per_s: float
    memory_mib: float


@contextmanager
def serving(home: Path, workers: int, threads: int, query_threads: int) -> Iterator[tuple[int, psutil.Process]]:
    """The port of a server, and its process; ended by its own id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = [str(home), str(port), str(workers), str(threads), str(query_threads)]
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


def met(home: Path, people: int, seconds: float, setting: tuple[int, int, int] = (2, 4, 2)) -> Served:
    """Let so many people read for so many seconds."""
    addresses = list(_addresses(home))
    with serving(home, *setting) as (port, process):
        _warm(port)
        before, until = _cpu(process), time.perf_counter() + seconds
        visits: list[list[tuple[float, list[tuple[int, float]]]]] = [[] for _ in range(people)]
        readers = [
            Thread(target=_read, args=(port, addresses, number * 7, until, visits[number])) for number in range(people)
        ]
        begun = time.perf_counter()
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        lasted, used = time.perf_counter() - begun, _cpu(process) - before
        memory = sum(each.memory_info().rss for each in [process, *process.children(recursive=True)]) / 2**20
    pages = [page for each in visits for page, _ in each]
    panels = [panel for each in visits for _, found in each for panel in found]
    taken = [second for status, second in panels if status in (200, 204)]
    name = f"{setting[0]} × {setting[1]}, DuckDB {setting[2]}"
    return Served(
        people, name, len(panels), len(panels) - len(taken), _two(taken), _two(pages), 1000 * used / len(panels),
        len(panels) / lasted, memory,
    )  # fmt: skip


def _two(values: list[float]) -> tuple[float, float]:
    return median(values), quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


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


def _read(port: int, addresses: list[list[str]], first: int, until: float, visits: list[object]) -> None:
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
    print(met(Path(sys.argv[1]), told[0], told[1], (told[2], told[3], told[4])))
