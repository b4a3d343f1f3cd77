"""Questions: against the same aggregate written by hand, and the slowest that the pages ask."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import Select

from dashboard.app import view_of
from dashboard.draw import draw
from dashboard.pages import PAGES
from dashboard.panel import Row
from dashboard.selection import Selection
from dashboard.semantics.answer import answer
from dashboard.semantics.dimension import LEVELS
from dashboard.semantics.question import Question
from dashboard.view import View
from dashboard.warehouse import Build, Warehouse

BY_HAND = Path(__file__).with_name("by_hand")
ROUNDS = 21
PAGE_ROUNDS = 5


@dataclass(frozen=True)
class Compared:
    """Medians of interleaved rounds, in ms, of one metric by community and month: asked, and written by hand."""

    metric: str
    groups: int
    asked_ms: float
    by_hand_ms: float

    @property
    def is_within(self) -> bool:
        """At most 1.5 times as long, plus 2 ms."""
        return self.asked_ms <= 1.5 * self.by_hand_ms + 2


Again = Callable[[], object]


@dataclass(frozen=True)
class Asked:
    """A question that a page asks for a region, and the way to ask it again."""

    page: str
    region: str
    question: str
    again: Again


@dataclass(frozen=True)
class Heard:
    """A question that a page asks, and its query time in ms: the median of several rounds."""

    page: str
    region: str
    question: str
    query_ms: float


class Watched(Build):
    """A build that counts the seconds that its statements take."""

    seconds = 0.0
    keeps_rows = False

    def fetch(self, statement: Select[*tuple[Any, ...]], **values: Any) -> list[tuple[Any, ...]]:
        """The rows, as ever."""
        begin = time.perf_counter()
        try:
            return super().fetch(statement, **values)
        finally:
            self.seconds += time.perf_counter() - begin

    def timed(self, ask: Again) -> float:
        """The query time of a question, in ms."""
        self.seconds = 0.0
        ask()
        return 1000 * self.seconds


@dataclass(frozen=True)
class Listening(View):
    """A view that keeps what its panels ask, as something to be asked again."""

    heard: dict[str, Again] = field(default_factory=dict)

    def ask(self, *metrics: str, **said: Any) -> list[Row]:
        """The answer's rows, as ever."""
        given = ", ".join(f"{name} {_written(value)}" for name, value in said.items() if value)
        plain = super().ask
        self.heard[f"{', '.join(metrics)}{': ' if given else ''}{given}"] = lambda: plain(*metrics, **said)
        return plain(*metrics, **said)


def compared(home: Path) -> list[Compared]:
    """Each metric that is written by hand, asked by community and month of the year to the data date."""
    build = Warehouse(home).build()
    try:
        return [_compared(build, path) for path in sorted(BY_HAND.glob("*.sql"))]
    finally:
        build.close()


def _compared(build: Build, path: Path) -> Compared:
    metric, select = path.stem, path.read_text("utf-8")
    assert build.data_date is not None
    period = {"start": date(build.data_date.year, 1, 1), "end": build.data_date}
    question = Question((metric,), by=("community", "month"), start=period["start"], end=period["end"])
    with duckdb.connect(str(build.path), read_only=True, config={"threads": 2}) as connection:
        ways = (lambda: answer(build, question).rows, lambda: connection.execute(select, period).fetchall())
        rows: list[Any] = [way() for way in ways]
        by_hand = {(code, month): figure for code, _, month, figure in rows[1]}
        asked = {(row["region_code"], row["month"]): row[metric] for row in rows[0] if row[metric]}
        if asked != {key: figure for key, figure in by_hand.items() if figure}:
            raise AssertionError(f"{metric}: what is asked and what is written by hand are not the same")
        taken = [[_milliseconds(way) for way in ways] for _ in range(ROUNDS)]
    return Compared(metric, len(rows[0]), *(statistics.median(column) for column in zip(*taken, strict=True)))


def slowest(home: Path, most: int = 10) -> list[Heard]:
    """The slowest questions of all pages, for the city, and its first district, street and community."""
    build, asked = asked_by_pages(home)
    found = [Heard(each.page, each.region, each.question, _query_ms(build, each.again)) for each in asked]
    build.close()
    return sorted(found, key=lambda heard: -heard.query_ms)[:most]


def asked_by_pages(home: Path) -> tuple[Watched, list[Asked]]:
    """All questions that pages ask for the city, and its first district, street and community, and whom they ask."""
    city = view_of(Warehouse(home), Selection(), None)
    assert city is not None
    build = Watched(city.build.path)
    found: list[Asked] = []
    for page in PAGES:
        for level in LEVELS:
            view = _listening(city, build, level, page.path, quarterly=page.quarterly)
            for panel in page.panels:
                draw(panel, view)
            found += [Asked(page.name, level, question, again) for question, again in view.heard.items()]
    return build, found


def _listening(city: View, build: Build, level: str, path: str, *, quarterly: bool) -> Listening:
    region = city.tree.root
    for _ in range(LEVELS.index(level)):
        region = city.tree.children(region)[0]
    selection = city.selection.but(region=region.code)
    seen = replace(city, selection=selection, build=build, path=path, quarterly=quarterly)
    return Listening(seen.selection, seen.build, seen.tree, seen.words, seen.path, seen.quarterly)


def _query_ms(build: Watched, ask: Again) -> float:
    return statistics.median(build.timed(ask) for _ in range(PAGE_ROUNDS))


def _milliseconds(way: Callable[[], object]) -> float:
    begin = time.perf_counter()
    way()
    return 1000 * (time.perf_counter() - begin)


def _written(value: Any) -> str:
    return getattr(value, "name", None) or (", ".join(map(str, value)) if isinstance(value, tuple) else str(value))
