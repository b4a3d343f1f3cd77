"""What is counted: numbers in memory that all processes of a server share, told in Prometheus' text format.

Each process has a row of its own, so none waits for another; a process that takes a dead one's row counts on.
"""

import mmap
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import Final

KINDS: Final = ("page", "panel", "file", "form", "asset", "watch")  # of requests: what somebody waits for, or not
CLASSES: Final = ("2xx", "3xx", "4xx", "5xx")
BOUNDS: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds; beyond them: +Inf
# Numbers of one process: what only grows, and what is so now.
GROWING: Final = {
    "queries_total": "Questions to the warehouse.",
    "slow_queries_total": "Questions that took longer than [server] slow_query_ms.",
    "query_seconds_total": "Seconds spent on questions.",
    "refused_total": "Requests refused because too many came.",
    "started_total": "Processes that began to serve.",
}
PRESENT: Final = {
    "build_load": "The load whose build this process serves.",
    "resident_bytes": "Memory of the process.",
    "in_flight": "Requests under way.",
    "ready": "1 where the process answers requests.",
}
_SIZE: Final = array("d").itemsize


def _cells() -> dict[tuple[str, ...], int]:
    names: list[tuple[str, ...]] = [(name,) for name in (*GROWING, *PRESENT)]
    names += [("requests", kind, status) for kind in KINDS for status in CLASSES]
    names += [("seconds", kind, str(bound)) for kind in KINDS for bound in (*BOUNDS, "+Inf", "sum")]
    return {name: number for number, name in enumerate(names)}


_CELLS: Final = _cells()


class Meters:
    """The numbers of `rows` processes; `row` is this process'. Made before processes are forked, it is shared."""

    def __init__(self, rows: int = 1) -> None:
        self.rows, self.row = rows, 0
        self._memory = mmap.mmap(-1, rows * len(_CELLS) * _SIZE)  # anonymous: shared with the children
        self._numbers = memoryview(self._memory).cast("d")
        self._lock = Lock()

    def add(self, *name: str, by: float = 1) -> None:
        """Count on."""
        with self._lock:
            self._numbers[self._at(name)] += by

    def put(self, *name: str, value: float) -> None:
        """What is so now."""
        self._numbers[self._at(name)] = value

    def begin(self, row: int) -> None:
        """This process counts in `row` from now on."""
        self.row, self._lock = row, Lock()
        self.add("started_total")

    def clear(self, row: int) -> None:
        """What was so of a process that has gone is no more; what it counted stays counted."""
        for name in PRESENT:
            self._numbers[row * len(_CELLS) + _CELLS[name,]] = 0

    def of(self, row: int, *name: str) -> float:
        """A number of one process."""
        return self._numbers[row * len(_CELLS) + _CELLS[name]]

    def answered(self, kind: str, status: int, seconds: float) -> None:
        """A request has been answered."""
        self.add("requests", kind, f"{status // 100}xx")
        within = bisect_left(BOUNDS, seconds)
        self.add("seconds", kind, str(BOUNDS[within]) if within < len(BOUNDS) else "+Inf")
        self.add("seconds", kind, "sum", by=seconds)

    def told(self) -> str:
        """All numbers in Prometheus' text format (version 0.0.4)."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        for name, said in GROWING.items():
            yield from _head(name, "counter", said)
            yield f"reemploy_{name} {self._sum((name,)):.12g}"
        for name, said in PRESENT.items():
            yield from _head(name, "gauge", said)
            for row in self._serving():
                yield f'reemploy_{name}{{process="{row}"}} {self.of(row, name):.12g}'
        yield from _head("requests_total", "counter", "Requests answered, by kind and status.")
        for kind in KINDS:
            for status in CLASSES:
                labels = f'kind="{kind}",status="{status}"'
                yield f"reemploy_requests_total{{{labels}}} {self._sum(('requests', kind, status)):.12g}"
        yield from _head("request_seconds", "histogram", "Seconds until a request was answered.")
        for kind in KINDS:
            yield from self._histogram(kind)

    def _serving(self) -> list[int]:
        return [row for row in range(self.rows) if self.of(row, "ready") or self.of(row, "resident_bytes")]

    def _histogram(self, kind: str) -> Iterator[str]:
        within = 0.0
        for bound in (*map(str, BOUNDS), "+Inf"):
            within += self._sum(("seconds", kind, bound))
            yield f'reemploy_request_seconds_bucket{{kind="{kind}",le="{bound}"}} {within:.12g}'
        yield f'reemploy_request_seconds_sum{{kind="{kind}"}} {self._sum(("seconds", kind, "sum")):.12g}'
        yield f'reemploy_request_seconds_count{{kind="{kind}"}} {within:.12g}'

    def _at(self, name: Sequence[str]) -> int:
        return self.row * len(_CELLS) + _CELLS[tuple(name)]

    def _sum(self, name: tuple[str, ...]) -> float:
        return sum(self.of(row, *name) for row in range(self.rows))


def _head(name: str, kind: str, said: str) -> Iterator[str]:
    yield f"# HELP reemploy_{name} {said}"
    yield f"# TYPE reemploy_{name} {kind}"
