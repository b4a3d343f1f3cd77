"""The demonstration city, ten and a hundred times as large: pages, people and memory, and how they grow with it.

`python -m tests.bench.cities HOME [SECONDS]` writes build/answering.md, .json and .svg. Ten times: as many people in
the same communities; a hundred times: ten times the communities with ten times the people each (`grown_city`).
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from math import log
from pathlib import Path
from typing import Final

from dashboard.warehouse import Warehouse
from tests.bench.grown_city import City, grown, rows_of
from tests.bench.loading import loaded, written
from tests.bench.machine import machine
from tests.bench.pages import PAGE_MS, QUERY_MS, PageCost, costs
from tests.bench.people import Served, met
from tests.bench.picture import Line, drawn

BUILD: Final = Path("build")
SIZES: Final = {1: (1, 1), 10: (10, 1), 100: (10, 10)}  # people a community, communities
PERSONS, YEARS = 20_000, 3  # of the demonstration city
PEOPLE: Final = (1, 16, 64)
SECONDS: Final = 30
LISTED: Final = 12


@dataclass(frozen=True)
class Measured:
    """One size of the city: rows of marts, what its pages cost, and what people met with."""

    times: int
    rows: int
    pages: list[PageCost]
    served: list[Served]


def demonstration(folder: Path) -> Path:
    """A home with the demonstration city as `make demo` loads it."""
    home = folder / "city-1"
    written(folder / "city-deliveries", PERSONS, YEARS)
    loaded(folder / "city-deliveries", home)
    return home


def measured(home: Path, folder: Path, seconds: float = SECONDS, rounds: int = 3) -> Iterator[Measured]:
    """The city loaded in `home`, and it grown in `folder`."""
    source = Warehouse(home).build().path
    for times, (people, regions) in SIZES.items():
        where = home if times == 1 else folder / f"city-{times}"
        path = where / "builds" / source.name
        city = City(path, rows_of(path)) if path.exists() else grown(source, where, people, regions)
        pages = costs(where, rounds)
        yield Measured(times, city.rows, pages, [met(where, number, seconds) for number in PEOPLE])


def exponent(first: float, last: float, times: float) -> float:
    """Of growth: 0 where size costs nothing, 1 where cost grows as the rows do."""
    return log(last / first) / log(times)


def report(found: Sequence[Measured]) -> Iterator[str]:
    """Markdown, with each target met or not."""
    largest = found[-1]
    yield f"# Answering\n\n{machine()}. Rows of marts: " + ", ".join(f"{each.times} ×: {each.rows:,}" for each in found)
    yield (
        "\nA cost is the smaller of the clock and the CPU seconds of all threads, in ms: what the clock says beyond"
        " them is other work on the machine. Every page is drawn from a build that has just been opened and remembers"
        " nothing; for the city, its first district, street and community; for the page's own period, the year before"
        " and days that are no whole months.\n"
    )
    yield from targets(largest)
    yield "\n## Pages, all panels together (ms, dearest region and period; medians of rounds, least and most)\n"
    yield from table(("page", *(f"{each.times} ×" for each in found), "exponent"), _pages(found))
    yield f"\n## The dearest statements at {largest.times} × (ms)\n"
    yield from table(("page", "panel", "for a", "period", "clock", "CPU"), _statements(largest))
    yield "\n## People at the server (30 s each; seconds: median and 95th percentile)\n"
    heads = ("city", "people", "server", "panels", "failed", "panel s", "page s", "CPU ms a panel", "panels/s", "MiB")
    yield from table(heads, (_served(each.times, one) for each in found for one in each.served))


def targets(largest: Measured) -> Iterator[str]:
    """What the largest city must keep to."""
    worst = max(cost(panel.worst.wall, panel.worst.cpu) for page in largest.pages for panel in page.panels)
    dearest = max(least(page) for page in largest.pages)
    over = sorted({page.page for page in largest.pages if least(page) > PAGE_MS})
    slow = sorted(
        {
            f"{panel.page}: {panel.panel}"
            for page in largest.pages
            for panel in page.panels
            if cost(panel.worst.wall, panel.worst.cpu) > QUERY_MS
        }
    )
    said = (("no statement over 150 ms", QUERY_MS, worst, slow), ("no page over 500 ms", PAGE_MS, dearest, over))
    yield from table(
        ("target", "dearest", "ratio", "met", "not kept by"),
        (
            (name, f"{value:,.0f}", f"{value / limit:.2f}", "yes" if value <= limit else "no", ", ".join(which))
            for name, limit, value, which in said
        ),
    )


def cost(wall: float, cpu: float) -> float:
    """What a thing takes on cores of its own, at most."""
    return min(wall, cpu)


def least(page: PageCost) -> float:
    """The median of the clock or of the CPU, the smaller."""
    return cost(page.wall[0], page.cpu[0])


def _dearest(each: Measured, name: str) -> PageCost:
    return max((page for page in each.pages if page.page == name), key=least)


def _pages(found: Sequence[Measured]) -> Iterator[tuple[object, ...]]:
    for name in dict.fromkeys(page.page for page in found[0].pages):
        dear = [_dearest(each, name) for each in found]
        said = [f"{least(page):,.0f} ({page.cpu[1]:,.0f}–{page.cpu[2]:,.0f})" for page in dear]
        yield name, *said, f"{exponent(least(dear[0]), least(dear[-1]), found[-1].rows / found[0].rows):.2f}"


def _statements(each: Measured) -> Iterator[tuple[object, ...]]:
    panels = {(panel.page, panel.panel): panel for page in each.pages for panel in sorted(
        page.panels, key=lambda panel: panel.worst.cpu
    )}  # fmt: skip
    for page in each.pages:
        for panel in page.panels:
            if panel.worst.cpu > panels[panel.page, panel.panel].worst.cpu:
                panels[panel.page, panel.panel] = panel
    for one in sorted(panels.values(), key=lambda panel: -panel.worst.cpu)[:LISTED]:
        yield one.page, one.panel, one.region, one.period, f"{one.worst.wall:,.0f}", f"{one.worst.cpu:,.0f}"


def _served(times: int, one: Served) -> tuple[object, ...]:
    panel, page = (f"{a:.2f}, {b:.2f}" for a, b in (one.panel_s, one.page_s))
    return (
        *(f"{times} ×", one.people, one.setting, one.panels, one.failed, panel, page),
        *(f"{one.cpu_ms_per_panel:.0f}", f"{one.panels_per_s:.1f}", f"{one.memory_mib:,.0f}"),
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A table of Markdown."""
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    yield from ("| " + " | ".join(map(str, row)) + " |" for row in rows)


def picture(found: Sequence[Measured]) -> str:
    """Cost of each page over the size of the city, as SVG."""
    lines = [
        Line(name, [(each.rows, least(_dearest(each, name))) for each in found])
        for name in dict.fromkeys(page.page for page in found[0].pages)
    ]
    return drawn(lines, limit=PAGE_MS, across="rows of marts", up="ms of all panels of a page")


def write(found: Sequence[Measured], name: str = "answering") -> str:
    """Markdown, JSON and SVG under build/; gives the Markdown."""
    BUILD.mkdir(exist_ok=True)
    said = "\n".join(report(found)) + "\n"
    (BUILD / f"{name}.md").write_text(said, "utf-8")
    (BUILD / f"{name}.json").write_text(json.dumps([asdict(each) for each in found], indent=1) + "\n", "utf-8")
    (BUILD / f"{name}.svg").write_text(picture(found), "utf-8")
    return said


if __name__ == "__main__":
    asked = float(sys.argv[2]) if len(sys.argv) > 2 else SECONDS
    print(write(list(measured(Path(sys.argv[1]), BUILD / "bench", asked))))
