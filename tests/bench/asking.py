"""Questions against the same aggregate written by hand."""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from dashboard.semantics.answer import answer
from dashboard.semantics.question import Question
from dashboard.warehouse import Build, Warehouse
from tests.bench.report import Part, Target, table
from tests.bench.sizes import homes

BY_HAND = Path(__file__).with_name("by_hand")
ROUNDS = 21


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


class Watched(Build):
    """A build that counts the seconds that its statements take."""

    seconds = 0.0
    keeps_rows = False

    def run(self, *asked: Any) -> Any:
        """What it gives, as ever."""
        begin = time.perf_counter()
        try:
            return super().run(*asked)
        finally:
            self.seconds += time.perf_counter() - begin

    def timed(self, ask: Again) -> float:
        """The query time of a question, in ms."""
        self.seconds = 0.0
        ask()
        return 1000 * self.seconds


def part() -> Part:
    """Each metric that is written by hand too, at every size."""
    found = {home.times: compared(home.path) for home in homes()}
    dear = max((each for size in found.values() for each in size), key=lambda each: each.asked_ms / each.by_hand_ms)
    target = Target(
        "one metric by community and month within 1.5 × hand-written SQL, plus 2 ms",
        f"at most {dear.asked_ms / dear.by_hand_ms:.2f} × ({dear.metric})",
        all(each.is_within for size in found.values() for each in size),
        "; ".join(f"{times} ×, {each.metric}" for times, size in found.items() for each in size if not each.is_within),
    )
    return Part("Questions, against SQL written by hand", list(_lines(found)), [target], found)


def _lines(found: Mapping[int, Sequence[Compared]]) -> Iterator[str]:
    yield f"One metric by community and month of the year: medians of {ROUNDS} rounds by turns (ms).\n"
    yield from table(
        ("city", "metric", "groups", "asked", "by hand", "ratio"),
        (
            (f"{times} ×", each.metric, f"{each.groups:,}", f"{each.asked_ms:.1f}", f"{each.by_hand_ms:.1f}",
             f"{each.asked_ms / each.by_hand_ms:.2f}")
            for times, size in found.items()
            for each in size
        ),
    )  # fmt: skip


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


def _milliseconds(way: Callable[[], object]) -> float:
    begin = time.perf_counter()
    way()
    return 1000 * (time.perf_counter() - begin)
