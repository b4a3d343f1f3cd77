"""Loading, against what an analyst would otherwise do with the same file: ratios within one run, by turns.

BENCH_ROWS (10,000,000) placements are loaded into a city whose persons are there already, BENCH_ROUNDS (3) times; a
tenth and a hundredth of them too, and a tenth in another encoding, by pandas and by dbt-duckdb.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

from tests.bench import delivery, rivals
from tests.bench.loading import loaded
from tests.bench.machine import Run, Took
from tests.bench.picture import Bar, bars
from tests.bench.report import ROUNDS, Part, Spread, Target, exponent, spread, table
from tests.bench.sizes import FOLDER

ROWS: Final = int(os.environ.get("BENCH_ROWS", "10_000_000"))
TENTH, HUNDREDTH = ROWS // 10, ROWS // 100
SHEET_ROWS: Final = 200_000
BARE, LOAD, DELTA, GB18030, XLSX = "bare DuckDB", "reemploy load", "the same, 1 % more", "in GB18030", "as XLSX"
PANDAS, DBT = "pandas", "dbt-duckdb"

Stages = Mapping[str, Took]


@dataclass(frozen=True)
class Way:
    """One way to bring in a file of `rows`: seconds, and those of all stages but the models; medians by stage."""

    name: str
    rows: int
    seconds: Spread
    cpu_seconds: Spread
    seconds_before_models: Spread
    cpu_before_models: Spread
    peak_mib: float
    stages: Stages


@dataclass(frozen=True)
class Once:
    """One run of it."""

    whole: Took
    peak_mib: float
    stages: Stages

    @property
    def before_models(self) -> Took:
        """All but the models; what is no load has none."""
        return self.whole - self.stages.get("models", Took(0.0, 0.0))


def part() -> Part:
    """Write the files, bring them in by turns, and compare."""
    ways = {(way.name, way.rows): way for way in _ways(FOLDER / "against")}
    targets = list(_targets(ways))
    bare = ways[BARE, ROWS].cpu_before_models.middle
    chart = bars(
        [
            Bar(f"{way.name}, {way.rows:,}", way.cpu_before_models.middle / way.rows * ROWS / bare)
            for way in ways.values()
        ],
        "CPU time a row before the models, of bare DuckDB's",
        limit=2,
    )
    return Part("Loading one table, against other ways", list(_lines(ways)), targets, list(ways.values()), chart)


def _ways(folder: Path) -> list[Way]:
    shutil.rmtree(folder, ignore_errors=True)
    jobs = _jobs(folder)
    runs: dict[tuple[str, int], list[Once]] = {job: [] for job in jobs}
    for _ in range(ROUNDS):
        for job, run in jobs.items():
            runs[job].append(run())
    return [_way(*job, each) for job, each in runs.items()]


def _jobs(folder: Path) -> dict[tuple[str, int], Callable[[], Once]]:
    """What to run; all files are written first, and whatever is loaded into is a copy."""
    base, empty, full, home = delivery.base(folder / "base"), folder / "empty", folder / "full", folder / "home"
    loaded(base, empty)
    files = {rows: delivery.placements(folder / f"rows-{rows}", rows) for rows in (HUNDREDTH, TENTH, ROWS)}
    more = delivery.delta(folder / "more", ROWS)
    other = delivery.in_gb18030(folder / "gb18030", files[TENTH])
    sheet = delivery.as_workbook(folder / "sheet", delivery.placements(folder / "sheet-rows", SHEET_ROWS))

    def bare(source: Path) -> Once:
        return _rival(rivals.bare(source / "placements.csv", folder))

    def load(source: Path, into: Path = home) -> Once:
        return _load(source, _copied(empty, into))

    jobs: dict[tuple[str, int], Callable[[], Once]] = {}
    for rows, source in files.items():
        jobs[BARE, rows] = partial(bare, source)
        jobs[LOAD, rows] = partial(load, source, full)
        if rows == TENTH:  # side by side: what a machine gives changes within minutes
            jobs[GB18030, TENTH] = lambda: load(other)
    jobs[DELTA, HUNDREDTH] = lambda: _load(more, full)  # right after the whole
    jobs[XLSX, SHEET_ROWS] = lambda: load(sheet)
    sample = files[TENTH] / "placements.csv"
    if (rivals.INSTALLED / "installed").exists():
        jobs[DBT, TENTH] = lambda: _rival(rivals.by_dbt(sample, base, folder))
        jobs[PANDAS, TENTH] = lambda: _rival(rivals.by_pandas(sample, base, folder))
    return jobs


def _load(source: Path, home: Path) -> Once:
    found = loaded(source, home)
    return Once(found.whole, found.peak_mib, found.stages)


def _rival(run: Run) -> Once:
    return Once(run.took, run.peak_mib, {})


def _copied(home: Path, other: Path) -> Path:
    shutil.rmtree(other, ignore_errors=True)
    return Path(shutil.copytree(home, other))


def _way(name: str, rows: int, runs: Sequence[Once]) -> Way:
    stages = {
        stage: Took(
            median(run.stages[stage].seconds for run in runs), median(run.stages[stage].cpu_seconds for run in runs)
        )
        for stage in runs[0].stages
    }
    before = [run.before_models for run in runs]
    return Way(
        name,
        rows,
        spread(run.whole.seconds for run in runs),
        spread(run.whole.cpu_seconds for run in runs),
        spread(each.seconds for each in before),
        spread(each.cpu_seconds for each in before),
        max(run.peak_mib for run in runs),
        stages,
    )


def _targets(ways: Mapping[tuple[str, int], Way]) -> Iterable[Target]:
    bare, load, delta = ways[BARE, ROWS], ways[LOAD, ROWS], ways[DELTA, HUNDREDTH]
    yield _within(
        f"{ROWS:,} placements, checked, pseudonymised, with history and quarantine, in 2 × the time of bare DuckDB",
        load, bare, 2, f"CPU s: {_by_stage(load)}",
    )  # fmt: skip
    yield Target(
        "within 3 GiB of memory, models included", f"{load.peak_mib / 1024:.2f} GiB", load.peak_mib <= 3 * 1024
    )
    slow = _by_stage(delta)
    yield _within("1 % more of these in 10 % of their load, before the models", delta, load, 0.1, f"CPU s: {slow}")
    share = delta.seconds.middle / load.seconds.middle
    cpu = delta.cpu_seconds.middle / load.cpu_seconds.middle
    yield Target("the same, models included", f"{share:.1%} ({cpu:.1%} of the CPU)", share <= 0.1, f"CPU s: {slow}")
    sheet = ways[XLSX, SHEET_ROWS]
    yield Target(
        f"XLSX of {SHEET_ROWS:,} rows in under 10 s before the models",
        f"{sheet.seconds_before_models.middle:.1f} s; with them {sheet.seconds.middle:.1f} s",
        sheet.seconds_before_models.middle < 10,
    )
    other, same = ways[GB18030, TENTH], ways[LOAD, TENTH]
    yield _within(
        "GB18030 in 1.4 × the time of UTF-8", other, same, 1.4, f"CPU s: {_by_stage(other)}; UTF-8: {_by_stage(same)}"
    )


def _by_stage(way: Way) -> str:
    return "; ".join(f"{stage} {taken.cpu_seconds:.1f}" for stage, taken in way.stages.items())


def _within(promise: str, way: Way, other: Way, limit: float, because: str) -> Target:
    """By the clock, which is what a bureau waits for; the CPU's ratio stands beside it."""
    ratio = way.seconds_before_models.middle / other.seconds_before_models.middle
    cpu = way.cpu_before_models.middle / other.cpu_before_models.middle
    digits = f"{ratio:.2f} × ({cpu:.2f} × of the CPU)" if limit >= 1 else f"{ratio:.1%} ({cpu:.1%} of the CPU)"
    return Target(promise, digits, ratio <= limit, because)


def _lines(ways: Mapping[tuple[str, int], Way]) -> Iterator[str]:
    yield f"Medians of {ROUNDS} rounds by turns; pandas and dbt-duckdb check the same rows, but keep no history.\n"
    yield from table(
        ("way", "rows", "s", "CPU s", "s before models", "CPU s before models", "peak MiB", "CPU s by stage"),
        (
            (
                *(way.name, f"{way.rows:,}", way.seconds, way.cpu_seconds),
                *(way.seconds_before_models, way.cpu_before_models, f"{way.peak_mib:,.0f}"),
                ", ".join(f"{stage} {taken.cpu_seconds:.1f}" for stage, taken in way.stages.items()),
            )
            for way in ways.values()
        ),
    )
    if (DBT, TENTH) not in ways:
        yield "\npandas and dbt-duckdb are not installed: `make bench` installs them."
    yield f"\nGrowth from {HUNDREDTH:,} to {ROWS:,} rows (exponent of CPU seconds before the models, of memory):\n"
    rows = []
    for name in (BARE, LOAD):
        few, many = ways[name, HUNDREDTH], ways[name, ROWS]
        rows.append(
            (
                name,
                f"{exponent(few.cpu_before_models.middle, many.cpu_before_models.middle, ROWS / HUNDREDTH):.2f}",
                f"{exponent(few.peak_mib, many.peak_mib, ROWS / HUNDREDTH):.2f}",
            )
        )
    yield from table(("way", "time", "memory"), rows)
