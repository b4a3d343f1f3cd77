"""Pages at each size of the city: what their panels and statements cost, and how that grows with the rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tests.bench.pages import PAGE_MS, QUERY_MS, PageCost, PanelCost, costs
from tests.bench.picture import Line, curves
from tests.bench.report import ROUNDS, Part, Target, exponent, table
from tests.bench.sizes import Home, homes

LISTED: Final = 15


@dataclass(frozen=True)
class Answered:
    """All pages at one size, for every level and period."""

    times: int
    rows: int
    pages: list[PageCost]

    def dearest(self, page: str) -> PageCost:
        """The region and period for which a page costs most."""
        return max((each for each in self.pages if each.page == page), key=lambda each: each.least)

    @property
    def panels(self) -> list[PanelCost]:
        """Each panel where its costliest statement costs most."""
        found: dict[tuple[str, str], PanelCost] = {}
        for panel in sorted((panel for page in self.pages for panel in page.panels), key=lambda each: each.worst.least):
            found[panel.page, panel.panel] = panel
        return sorted(found.values(), key=lambda each: -each.worst.least)


def part() -> Part:
    """Draw every page at every size."""
    found = [_answered(home) for home in homes()]
    names = list(dict.fromkeys(page.page for page in found[0].pages))
    lines = [Line(name, [(each.rows, each.dearest(name).least) for each in found]) for name in names]
    chart = curves(lines, limit=PAGE_MS, across="rows of marts", up="ms of all panels of a page")
    return Part("Answering", list(_lines(found, names)), list(_targets(found[-1], names)), found, chart)


def _answered(home: Home) -> Answered:
    return Answered(home.times, home.rows, costs(home.path, ROUNDS))


def _targets(largest: Answered, names: Sequence[str]) -> Iterator[Target]:
    slow = [each for each in largest.panels if each.worst.least > QUERY_MS]
    yield Target(
        f"{largest.times} ×: no statement over {QUERY_MS:.0f} ms",
        f"{largest.panels[0].worst.least:,.0f} ms",
        not slow,
        "; ".join(
            f"{each.page}, {each.panel} ({each.region}, {each.period}): {each.worst.least:,.0f}" for each in slow
        ),
    )
    dear = sorted(map(largest.dearest, names), key=lambda each: -each.least)
    over = [each for each in dear if each.least > PAGE_MS]
    yield Target(
        f"{largest.times} ×: no page's panels over {PAGE_MS:.0f} ms in all, nothing remembered",
        f"{dear[0].least:,.0f} ms",
        not over,
        "; ".join(f"{each.page} ({each.region}, {each.period}): {each.least:,.0f}, {_most(each)}" for each in over),
    )


def _most(page: PageCost) -> str:
    panel = max(page.panels, key=lambda each: each.whole.least)
    return f"{panel.whole.least:,.0f} of it {panel.panel}"


def _lines(found: Sequence[Answered], names: Sequence[str]) -> Iterator[str]:
    yield "Rows of marts: " + ", ".join(f"{each.times} ×: {each.rows:,}" for each in found) + "."
    yield (
        "A cost is the smaller of the clock and the CPU seconds of all threads, in ms: what the clock says beyond them"
        " is other work on the machine. Every page is drawn from a build that has just been opened and remembers"
        " nothing; for the city, its first district, street and community; for the page's own period, the year before"
        f" and days that are no whole months. Medians of {ROUNDS} rounds (least … most, CPU) of the dearest of these."
    )
    yield "Statements: their share of that; what is left is Python.\n"
    largest = found[-1]
    rows = []
    for name in names:
        dear = [each.dearest(name) for each in found]
        last = dear[-1]
        asked, whole = (sum(getattr(panel, which).cpu for panel in last.panels) for which in ("asked", "whole"))
        count = sum(panel.statements for panel in last.panels)
        rows.append(
            (
                name,
                *(f"{page.least:,.0f} ({page.cpu[1]:,.0f} … {page.cpu[2]:,.0f})" for page in dear),
                f"{exponent(dear[0].least, last.least, largest.rows / found[0].rows):.2f}",
                f"{count}, {asked / whole:.0%}",
            )
        )
    yield from table(("page", *(f"{each.times} ×" for each in found), "exponent", "statements"), rows)
    yield f"\nThe dearest statements at {largest.times} × (ms):\n"
    yield from table(
        ("page", "panel", "for a", "period", "clock", "CPU"),
        (
            (each.page, each.panel, each.region, each.period, f"{each.worst.wall:,.0f}", f"{each.worst.cpu:,.0f}")
            for each in largest.panels[:LISTED]
        ),
    )
