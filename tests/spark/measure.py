"""`python -m tests.spark.measure HOME`: a home's marts on DuckDB and on a cluster of two workers: seconds, and rows alike.

Seconds of CPU are what the work costs whatever else the machine does; those of the clock hold for a machine left alone.
"""

import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import duckdb
import psutil

from etl.marts import DECLARED
from tests.spark.standalone import standalone
from tests.spark.test_build import begun, differing


def main(home: Path) -> None:
    """Build both, and print what they took and where they differ."""
    with tempfile.TemporaryDirectory(prefix="reemploy-spark-") as name:
        folder = Path(name)
        with clock("duckdb"):
            to = folder / "duckdb"
            subprocess.run([sys.executable, "-m", "etl.cli", "build", "--home", home, "--to", to], check=True)
        with standalone(folder) as cluster, clock("spark, its driver"), begun(home, cluster, folder) as build:
            if build.wait():
                raise SystemExit(build.returncode)
            for process in cluster.workers:
                took = psutil.Process(process.pid).cpu_times()
                own, children = took.user + took.system, took.children_user + took.children_system
                print(f"worker: {own + children:,.0f} s of CPU")
        [one], [other] = (list((folder / made / "builds").glob("*.duckdb")) for made in ("duckdb", "to"))
        print(f"{len(DECLARED)} marts, {rows(one):,} rows; differing: {differing(one, other) or 0}")
        sizes = {path.name: size(path) for path in next((folder / "store").iterdir()).iterdir()}
        print(f"store, MB: {sizes}; builds, MB: {one.stat().st_size / 1e6:.0f}, {other.stat().st_size / 1e6:.0f}")


@contextmanager
def clock(what: str) -> Iterator[None]:
    """Print the seconds that the block and its children take."""
    began, before = perf_counter(), _children()
    yield
    print(f"{what}: {perf_counter() - began:,.0f} s on the clock, {_children() - before:,.0f} s of CPU")


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


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
    main(Path(sys.argv[1]))
