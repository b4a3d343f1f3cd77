"""Loading, against what an analyst would otherwise do with the same file: ratios within one run, by turns.

BENCH_ROWS (10,000,000) placements are loaded into a city whose persons are there already, BENCH_ROUNDS (3) times.
`python -m tests.bench.against` measures this part alone.
"""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from etl.clock import STAGES
from tests.bench import delivery, rivals
from tests.bench.machine import Run, machine, measured, timed

ROWS: Final = int(os.environ.get("BENCH_ROWS", "10_000_000"))
ROUNDS: Final = int(os.environ.get("BENCH_ROUNDS", "3"))
TEXT_ROWS: Final = min(ROWS, 1_000_000)  # for what is compared with the same file in another encoding
PANDAS_ROWS: Final = 500_000
SHEET_ROWS: Final = 200_000
FOLDER: Final = Path("build") / "bench" / "against"
BARE, LOAD, DELTA, UTF8, GB18030, XLSX = (
    "bare DuckDB",
    "load",
    "load, 1 % more",
    "load, UTF-8",
    "load, GB18030",
    "load, XLSX",
)
PANDAS, DBT = "pandas", "dbt-duckdb"

Stages = Mapping[str, float]
Job = Callable[[], tuple[Run, Stages]]


@dataclass(frozen=True)
class Spread:
    """The median of some runs, with the least and the most."""

    middle: float
    least: float
    most: float


@dataclass(frozen=True)
class Way:
    """One way to bring in a file of `rows`; CPU seconds of each stage, and of all stages but the models."""

    name: str
    rows: int
    seconds: Spread
    cpu_seconds: Spread
    cpu_before_models: Spread
    peak_mib: float
    stages: Stages


@dataclass(frozen=True)
class Target:
    """What was promised of loading, and what was found."""

    promise: str
    found: str
    is_met: bool


def against(folder: Path = FOLDER) -> tuple[list[Way], list[Target]]:
    """Write the files, bring them in by turns, and compare."""
    shutil.rmtree(folder, ignore_errors=True)
    jobs = _jobs(folder)
    runs: dict[str, list[tuple[Run, Stages]]] = {name: [] for name in jobs}
    for _ in range(ROUNDS):
        for name, (_, job) in jobs.items():
            runs[name].append(job())
    ways = [_way(name, jobs[name][0], each) for name, each in runs.items()]
    return ways, list(_targets({way.name: way for way in ways}))


def _jobs(folder: Path) -> dict[str, tuple[int, Job]]:
    """Name → rows, and what to run; all files are written first, and whatever is loaded into is a copy."""
    base, empty, full, home = delivery.base(folder / "base"), folder / "empty", folder / "full", folder / "home"
    _loaded(base, empty)
    whole, more = delivery.placements(folder / "whole", ROWS), delivery.delta(folder / "more", ROWS)
    text = delivery.placements(folder / "text", TEXT_ROWS)
    other = delivery.in_gb18030(folder / "gb18030", text)
    sheet = delivery.as_workbook(folder / "sheet", delivery.placements(folder / "rows", SHEET_ROWS))
    file = whole / "placements.csv"
    jobs: dict[str, tuple[int, Job]] = {
        BARE: (ROWS, lambda: (rivals.bare(file, folder), {})),
        LOAD: (ROWS, lambda: _loaded(whole, _copied(empty, full))),
        DELTA: (ROWS // 100, lambda: _loaded(more, full)),
        UTF8: (TEXT_ROWS, lambda: _loaded(text, _copied(empty, home))),
        GB18030: (TEXT_ROWS, lambda: _loaded(other, _copied(empty, home))),
        XLSX: (SHEET_ROWS, lambda: _loaded(sheet, _copied(empty, home))),
    }
    if rivals.DBT.exists():
        jobs[DBT] = ROWS, lambda: (rivals.by_dbt(file, base, folder), {})
    if rivals.PANDAS.exists():
        sample = delivery.placements(folder / "sample", PANDAS_ROWS) / "placements.csv"
        jobs[PANDAS] = PANDAS_ROWS, lambda: (rivals.by_pandas(sample, base, folder), {})
    return jobs


def _loaded(source: Path, home: Path) -> tuple[Run, Stages]:
    run = timed([sys.executable, "-m", "tests.bench.by_cpu", "load", source, "--home", home, "--json"])
    rows = json.loads(measured("loads", "--stages", "--home", home, "--format", "json").output)
    load = json.loads(run.output)["load"]
    return run, {row["stage"]: row["seconds"] for row in rows if row["load"] == load}


def _copied(home: Path, other: Path) -> Path:
    shutil.rmtree(other, ignore_errors=True)
    return Path(shutil.copytree(home, other))


def _way(name: str, rows: int, runs: Sequence[tuple[Run, Stages]]) -> Way:
    stages = {stage: median(of[stage] for _, of in runs) for stage in STAGES if stage in runs[0][1]}
    return Way(
        name,
        rows,
        _spread(run.seconds for run, _ in runs),
        _spread(run.cpu_seconds for run, _ in runs),
        _spread(run.cpu_seconds - of.get("models", 0.0) for run, of in runs),
        max(run.peak_mib for run, _ in runs),
        stages,
    )


def _spread(values: Iterable[float]) -> Spread:
    listed = sorted(values)
    return Spread(median(listed), listed[0], listed[-1])


def _targets(ways: Mapping[str, Way]) -> Iterable[Target]:
    bare, load, delta = ways[BARE], ways[LOAD], ways[DELTA]
    ratio = load.cpu_before_models.middle / bare.cpu_seconds.middle
    yield Target(f"{ROWS:,} placements before the models within 2 × bare DuckDB (CPU)", f"{ratio:.2f} ×", ratio <= 2)
    yield Target("within 3 GiB of memory", f"{load.peak_mib / 1024:.2f} GiB", load.peak_mib <= 3 * 1024)
    share = delta.cpu_seconds.middle / load.cpu_seconds.middle
    yield Target("1 % more within 10 % of the full load, models included (CPU)", f"{100 * share:.1f} %", share <= 0.1)
    part = delta.cpu_before_models.middle / load.cpu_before_models.middle
    yield Target("1 % more within 10 % of the full load, before the models (CPU)", f"{100 * part:.1f} %", part <= 0.1)
    sheet = ways[XLSX].cpu_before_models.middle
    yield Target(f"XLSX of {SHEET_ROWS:,} rows in under 10 s before the models (CPU)", f"{sheet:.1f} s", sheet < 10)
    other = ways[GB18030].cpu_before_models.middle / ways[UTF8].cpu_before_models.middle
    yield Target("GB18030 within 1.4 × UTF-8, before the models (CPU)", f"{other:.2f} ×", other <= 1.4)


def lines(ways: Sequence[Way], targets: Sequence[Target]) -> Iterable[str]:
    """The Markdown of what was found."""
    yield f"## Loading, against other ways\n\n{machine()}; medians of {ROUNDS} rounds by turns (least … most).\n"
    yield "| way | rows | s | CPU s | CPU s but for the models | peak MiB | CPU s by stage |"
    yield "|---|---|---|---|---|---|---|"
    for way in ways:
        stages = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in way.stages.items())
        times = " | ".join(map(_written, (way.seconds, way.cpu_seconds, way.cpu_before_models)))
        yield f"| {way.name} | {way.rows:,} | {times} | {way.peak_mib:,.0f} | {stages} |"
    named = {way.name for way in ways}
    yield from (f"| {name} | | not installed | | | | |" for name in (DBT, PANDAS) if name not in named)
    scaled = next((way.cpu_seconds.middle * ROWS / way.rows for way in ways if way.name == PANDAS), None)
    if scaled is not None:
        yield f"\npandas does a sample; times the rows it is {scaled:,.0f} CPU s for {ROWS:,}."
    yield "\n| promised | found | |\n|---|---|---|"
    yield from (f"| {each.promise} | {each.found} | {'met' if each.is_met else 'not met'} |" for each in targets)


def _written(spread: Spread) -> str:
    return f"{spread.middle:.1f} ({spread.least:.1f} … {spread.most:.1f})"


if __name__ == "__main__":
    print("\n".join(lines(*against())))
