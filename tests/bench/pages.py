"""What a page costs the server: each panel's whole drawing and each of its statements, with nothing remembered.

In ms of wall clock and of CPU. Where other work keeps the cores busy the clock says more of that work than of ours; the
CPU seconds of a statement are those of all its threads, so on free cores its time lies between half of them and all.
"""

import gc
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any, Final

from dashboard.app import view_of
from dashboard.draw import draw
from dashboard.pages import PAGES
from dashboard.panel import Page, Panel, Withheld
from dashboard.period import Period
from dashboard.selection import Selection
from dashboard.semantics.dimension import LEVELS
from dashboard.server import settle
from dashboard.view import View
from dashboard.warehouse import Build, Warehouse

QUERY_MS: Final = 150.0
PAGE_MS: Final = 500.0


@dataclass(frozen=True)
class Cost:
    """Milliseconds by the clock and of CPU."""

    wall: float
    cpu: float

    @property
    def least(self) -> float:
        """What it takes on cores of its own, at most: the clock's time less what others took of the cores."""
        return min(self.wall, self.cpu)


@dataclass(frozen=True)
class PanelCost:
    """One panel: its whole drawing, how many statements it runs, what they cost together, and the costliest."""

    page: str
    section: str
    panel: str
    region: str
    period: str
    whole: Cost
    statements: int
    asked: Cost
    worst: Cost
    failed: bool


@dataclass(frozen=True)
class PageCost:
    """All panels that stand on a page together; the medians of several rounds, and the least and the most."""

    page: str
    region: str
    period: str
    wall: tuple[float, float, float]
    cpu: tuple[float, float, float]
    panels: tuple[PanelCost, ...] = field(repr=False)

    @property
    def least(self) -> float:
        """What it takes on cores of its own, at most: the smaller of the medians of the clock and of the CPU."""
        return min(self.wall[0], self.cpu[0])


class Costed(Build):
    """A build that writes down what its statements take."""

    def run(self, *asked: Any) -> Any:
        """What it gives, as ever."""
        begun = _now()
        try:
            return super().run(*asked)
        finally:
            self.__dict__.setdefault("taken", []).append(_since(begun))


def periods(data_date: date) -> dict[str, Period | None]:
    """The page's own; the year before; days that are no whole months."""
    year = data_date.year - 1
    return {
        "its own": None,
        "last year": Period(date(year, 1, 1), date(year, 12, 31)),
        "odd days": Period(date(year, 3, 15), data_date - timedelta(days=20)),
    }


def costs(home: Path, rounds: int, levels: tuple[str, ...] = LEVELS) -> list[PageCost]:
    """Every page for the city and its first district, street and community, over several periods."""
    settle()  # as a server does
    city = view_of(Warehouse(home), Selection(), None)
    assert city is not None
    assert city.build.data_date is not None
    found = []
    for page in PAGES:
        for level in levels:
            for said, period in periods(city.build.data_date).items():
                found += _page(page, city, level, (said, period), rounds)
    city.build.close()
    return found


def _page(page: Page, city: View, level: str, asked: tuple[str, Period | None], rounds: int) -> Iterator[PageCost]:
    sections = [(each.name, each.panels) for each in page.sections] or [("", page.panels)]
    for section, panels in sections:
        drawn = [
            [_drawn(view, panel, (page.name, section, level, asked[0])) for panel in panels]
            for view in _fresh(page, city, level, asked[1], rounds)
        ]
        walls = sorted(sum(each.whole.wall for each in once) for once in drawn)
        cpus = sorted(sum(each.whole.cpu for each in once) for once in drawn)
        best = min(drawn, key=lambda once: sum(each.whole.cpu for each in once))
        name = f"{page.name}/{section}" if section else page.name
        yield PageCost(
            name, level, asked[0], (median(walls), walls[0], walls[-1]), (median(cpus), cpus[0], cpus[-1]), tuple(best)
        )


def _fresh(page: Page, city: View, level: str, period: Period | None, rounds: int) -> Iterator[View]:
    """Views of a build that has been opened just now and remembers nothing."""
    region = city.tree.root
    for _ in range(LEVELS.index(level)):
        region = city.tree.children(region)[0]
    selection = city.selection.but(region=region.code, period=period)
    for _ in range(rounds):
        gc.collect()  # what earlier rounds left behind is no page's work
        build = Costed(city.build.path)
        yield View(selection, build, city.tree, city.words, page.path, page.quarterly)
        build.close()


def _drawn(view: View, panel: Panel, where: tuple[str, str, str, str]) -> PanelCost:
    page, section, level, said = where
    taken: list[Cost] = []
    view.build.__dict__["taken"] = taken
    begun = _now()
    drawing = draw(panel, replace(view))
    whole = _since(begun)
    worst = max(taken, key=lambda cost: cost.least, default=Cost(0.0, 0.0))
    failed = isinstance(drawing, Withheld) and drawing.reason == "failed"
    asked = Cost(sum(each.wall for each in taken), sum(each.cpu for each in taken))
    return PanelCost(page, section, panel.name, level, said, whole, len(taken), asked, worst, failed)


def _now() -> Cost:
    return Cost(time.perf_counter(), time.process_time())


def _since(begun: Cost) -> Cost:
    now = _now()
    return Cost(1000 * (now.wall - begun.wall), 1000 * (now.cpu - begun.cpu))
