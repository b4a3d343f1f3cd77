"""What a measurement must say of the machine, and how one run of a command is measured."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import psutil

REEMPLOY = Path(sys.executable).with_name("reemploy")
BUSY = os.getloadavg()[1]  # before anything is measured


@dataclass(frozen=True)
class Took:
    """Seconds on the clock, and of CPU over all threads."""

    seconds: float
    cpu_seconds: float

    def __add__(self, other: "Took") -> "Took":
        return Took(self.seconds + other.seconds, self.cpu_seconds + other.cpu_seconds)

    def __sub__(self, other: "Took") -> "Took":
        return Took(self.seconds - other.seconds, self.cpu_seconds - other.cpu_seconds)


@dataclass(frozen=True)
class Run:
    """One finished command: what it took, peak resident MiB (it and its children), what it printed."""

    took: Took
    peak_mib: float
    output: str


def machine() -> str:
    """Cores and memory of this machine and what runs on it besides, as a figure in a document must state them."""
    return f"{os.cpu_count()} cores, {psutil.virtual_memory().total / 2**30:.0f} GiB, load {BUSY:.1f} by others"


def pace() -> float:
    """CPU milliseconds of a piece of work that never changes: rows as Python's, sums and short statements of DuckDB.

    Two runs are of one machine and yet not of one speed; the ratio of their paces says how far.
    """
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute(
            "CREATE TABLE row AS SELECT i % 5000 AS place, hash(i) % 1000 AS amount FROM range(500000) AS r (i)"
        )
        began = time.process_time()
        for _ in range(5):
            rows = connection.execute("SELECT place, sum(amount)::BIGINT, count(*) FROM row GROUP BY place").fetchall()
            by_place = {place: {"sum": total, "rows": count} for place, total, count in rows}
            sum(each["sum"] / each["rows"] for each in by_place.values())
        for place in range(100):
            connection.execute(
                "SELECT count(*), max(amount) FROM row WHERE place = ? AND amount > 998", [place]
            ).fetchall()
        return 1000 * (time.process_time() - began)


def measured(*arguments: str | Path) -> Run:
    """Run `reemploy` with `arguments`; RuntimeError with its last words where it fails."""
    return timed([REEMPLOY, *arguments])


def timed(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Run:
    """Run any command, `environment` added to this process's own; RuntimeError with its last words where it fails."""
    begin, before = time.perf_counter(), _spent_by_children()
    process = subprocess.Popen(
        list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, **(environment or {})},
    )  # fmt: skip
    watched = psutil.Process(process.pid)
    peak = 0
    while True:
        try:
            output, errors = process.communicate(timeout=0.05)
            break
        except subprocess.TimeoutExpired:
            peak = max(peak, _resident(watched))
    if process.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}: {(errors or output)[-2000:]}")
    return Run(Took(time.perf_counter() - begin, _spent_by_children() - before), peak / 2**20, output)


def _spent_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _resident(process: psutil.Process) -> int:
    try:
        return sum(p.memory_info().rss for p in [process, *process.children(recursive=True)])
    except psutil.NoSuchProcess:
        return 0
