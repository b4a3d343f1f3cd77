"""`python -m tests.spark.measure HOME [TIMES]`: its marts on DuckDB and on a cluster of two workers; seconds, and rows.

Seconds of CPU are what the work costs whatever else the machine does; those of the clock hold for a machine left alone.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time, sleep

import duckdb
import psutil

from dashboard.semantics.answer import answer
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.question import Question
from dashboard.warehouse import Build
from etl.home import Home
from etl.marts import DECLARED
from tests.spark.multiplied import multiply
from tests.spark.standalone import standalone
from tests.spark.test_build import begun, differing


def main(home: Path, times: int) -> None:
    """Build both, and print what they took and where they differ; `times`: of so many times as many people."""
    with tempfile.TemporaryDirectory(prefix="reemploy-spark-") as name:
        folder = Path(name)
        if times > 1:
            multiply(Home(home), Home(folder / "home"), times)
            home = folder / "home"
        command = [sys.executable, "-m", "etl.cli", "build", "--home", str(home), "--to", str(folder / "duckdb")]
        with subprocess.Popen(command) as build:
            watch("duckdb", [build])
        with standalone(folder) as cluster, begun(home, cluster, folder) as build:
            watch("spark", [build, *cluster.workers])
        [one], [other] = (list((folder / made / "builds").glob("*.duckdb")) for made in ("duckdb", "to"))
        print(f"{len(DECLARED)} marts, {rows(one):,} rows; differing: {differing(one, other) or 0}")
        print(f"metrics by month, each by itself: {asked(one):,.0f} ms of CPU; {asked(other):,.0f} ms")
        sizes = {path.name: size(path) for path in next((folder / "store").iterdir()).iterdir()}
        print(f"store, MB: {sizes}; builds, MB: {one.stat().st_size / 1e6:.0f}, {other.stat().st_size / 1e6:.0f}")


def watch(what: str, processes: list[subprocess.Popen[bytes]]) -> None:
    """Wait for the first of the processes, and print what all of them and those below them took until then."""
    began, used = perf_counter(), [dict[int, float]() for _ in processes]
    before = [sum(seconds(process.pid).values()) for process in processes]
    while processes[0].poll() is None:
        for process, known in zip(processes, used, strict=True):
            known.update(seconds(process.pid))
        sleep(0.25)
    if processes[0].returncode:
        raise SystemExit(processes[0].returncode)
    took = [f"{sum(known.values()) - start:,.0f}" for known, start in zip(used, before, strict=True)]
    print(f"{what}: {perf_counter() - began:,.0f} s on the clock; of CPU: {' + '.join(took)}")


def seconds(process: int) -> dict[int, float]:
    """Seconds of CPU by process, of that one and all below it."""
    found = {}
    try:
        parent = psutil.Process(process)
        for each in (parent, *parent.children(recursive=True)):
            times = each.cpu_times()
            found[each.pid] = times.user + times.system
    except psutil.NoSuchProcess:  # it has just ended
        pass
    return found


def asked(path: Path) -> float:
    """Milliseconds of CPU in which the build, just opened, answers each metric by month of the year of its data.

    Statements are compiled before, by another opening of it: what was answered stays with that one.
    """
    questions = [Question((metric.name,), by=("month",)) for metric in METRICS.values() if not metric.required]
    for _ in range(2):
        build = Build(path)
        began = process_time()
        for question in questions:
            answer(build, question)
        took = 1000 * (process_time() - began)
        build.close()
    return took


def rows(build: Path) -> int:
    """The rows of all marts."""
    with duckdb.connect(str(build), read_only=True) as connection:
        counts = " UNION ALL ".join(f"SELECT count(*) AS n FROM mart.{name}" for name in DECLARED)
        [(found,)] = connection.execute(f"SELECT sum(n) FROM ({counts})").fetchall()
    return int(found)


def size(folder: Path) -> float:
    """Megabytes of the files below."""
    return round(sum(path.stat().st_size for path in folder.rglob("*.parquet")) / 1e6, 1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 1)
