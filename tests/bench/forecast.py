"""`make backtest`: year-end forecasts as they would have been made at every month's end, against what came.

Cities of BACKTEST_SEEDS (1 2 3) with BACKTEST_YEARS (9) years of history are written and loaded, and each past year is
forecast from the ends of January to November as at that day. Writes build/backtest.md and build/backtest.json.
"""

import json
import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from typing import Any

from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.outlook import forecasts
from dashboard.semantics.scope import EVERYTHING
from dashboard.semantics.targets import adds_up, targets
from dashboard.warehouse import Build, Warehouse
from tests.bench.loading import all_loaded
from tests.bench.machine import machine, measured

FOLDER = Path("build") / "backtest"
SEEDS = tuple(int(seed) for seed in os.environ.get("BACKTEST_SEEDS", "1 2 3").split())
YEARS = int(os.environ.get("BACKTEST_YEARS", "9"))
PERSONS = int(os.environ.get("BACKTEST_PERSONS", "60_000"))
LEVELS = ("city", "district", "street", "community")
ORIGINS = range(1, 12)


@dataclass(frozen=True)
class Tried:
    """One forecast of a target's figure from the end of `month`, `known` whole years before it, and what came."""

    seed: int
    indicator: str
    level: str
    year: int
    month: int
    known: int
    value: float
    low: float
    high: float
    actual: float
    chances: tuple[tuple[float, bool], ...]

    @property
    def is_within(self) -> bool:
        """Whether the 80 % interval held what came."""
        return self.low <= self.actual <= self.high

    @property
    def error(self) -> float | None:
        """|forecast − actual| ÷ actual; None where nothing came."""
        return abs(self.value - self.actual) / self.actual if self.actual else None


def tried(seed: int, build: Build, first_year: int) -> Iterator[Tried]:
    """Every forecast of every year of a build that has passed."""
    assert build.data_date is not None
    for year in range(first_year, build.data_date.year):
        held = targets(build, year=year, as_of=date(year, 12, 31))
        for indicator, level in sorted({(each.indicator, _level(build, each.region_code)) for each in held}):
            rows = defaultdict(list)
            for each in held:
                if each.indicator == indicator and _level(build, each.region_code) == level and each.actual is not None:
                    rows[build.regions.find(each.region_code).code].append((each.value, each.actual))
            for month in ORIGINS:
                made = forecasts(build, indicator, level, _month_end(year, month), EVERYTHING)
                for code, values in rows.items():
                    forecast = made.get(code)
                    if forecast is None or forecast.value is None:
                        continue
                    direction, actual = METRICS[indicator].direction, values[0][1]
                    chances = tuple(
                        (forecast.probability(value, direction) or 0.0, _reached(direction, value, actual))
                        for value, _ in values
                    )
                    yield Tried(
                        *(seed, indicator, level, year, month, year - first_year, forecast.value),
                        *(forecast.low or 0.0, forecast.high or 0.0, actual, chances),
                    )


def _reached(direction: str, value: float, actual: float) -> bool:
    return actual <= value if direction == "-" else actual >= value


def _level(build: Build, code: str) -> str:
    return build.regions.find(code).level


def _month_end(year: int, month: int) -> date:
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def homes() -> Iterator[tuple[int, Path]]:
    """The loaded cities, made where they are not there yet."""
    for seed in SEEDS:
        home = FOLDER / f"home-{seed}"
        if not (home / "CURRENT").exists():
            deliveries = FOLDER / f"deliveries-{seed}"
            measured("demo", deliveries, "--persons", str(PERSONS), "--years", str(YEARS), "--seed", str(seed))
            all_loaded(deliveries, home)
            shutil.rmtree(deliveries)
        yield seed, home


def main() -> None:
    """Measure, and write what was found."""
    found: list[Tried] = []
    for seed, home in homes():
        build = Warehouse(home).build()
        assert build.data_date is not None
        found += tried(seed, build, build.data_date.year - YEARS + 1)
    FOLDER.parent.joinpath("backtest.json").write_text(json.dumps([asdict(each) for each in found]), "utf-8")
    report = "\n".join(reported(found)) + "\n"
    FOLDER.parent.joinpath("backtest.md").write_text(report, "utf-8")
    print(report)


def reported(found: Sequence[Tried]) -> Iterator[str]:
    """The tables of docs/forecast.md."""
    flows = [each for each in found if adds_up(METRICS[each.indicator])]
    others = [each for each in found if not adds_up(METRICS[each.indicator])]
    years = sorted({each.year for each in found})
    yield f"Measured on {machine()}: cities {', '.join(map(str, sorted({each.seed for each in found})))}, "
    yield f"years {years[0]}–{years[-1]}, {len(found):,} forecasts.\n"
    yield "### What adds up, by level and by the month from whose end it was forecast\n"
    yield from _table("level, month", lambda each: (LEVELS.index(each.level), each.month), flows, _level_month)
    yield "\n### What adds up, by level and whole earlier years known\n"
    yield from _table("level, years", lambda each: (LEVELS.index(each.level), each.known), flows, _level_number)
    yield "\n### By indicator and level\n"
    yield from _table("indicator, level", lambda each: (each.indicator, LEVELS.index(each.level)), found, _indicator)
    yield "\n### Stocks and rates, by level and month\n"
    yield from _table("level, month", lambda each: (LEVELS.index(each.level), each.month), others, _level_month)
    yield "\n### Is what is called likely likely? Probabilities given, and how often the target was reached\n"
    yield from _reliability(found)


Key = tuple[Any, ...]


def _level_month(key: Key) -> str:
    return f"{LEVELS[key[0]]}, {key[1]:02d}"


def _level_number(key: Key) -> str:
    return f"{LEVELS[key[0]]}, {key[1]}"


def _indicator(key: Key) -> str:
    return f"`{key[0]}`, {LEVELS[key[1]]}"


def _table(head: str, key: Callable[[Tried], Key], found: Iterable[Tried], said: Callable[[Key], str]) -> Iterator[str]:
    """n, mean absolute error in percent, how often the 80 % interval held, Brier score, and that of the base rate."""
    groups: dict[Key, list[Tried]] = defaultdict(list)
    for each in found:
        groups[key(each)].append(each)
    yield f"| {head} | n | MAPE % | 80 % interval held, % | Brier | base rate's Brier |"
    yield "|---|---:|---:|---:|---:|---:|"
    for name in sorted(groups):
        rows = groups[name]
        wrong = [each.error for each in rows if each.error is not None]
        chances = [chance for each in rows for chance in each.chances]
        reached = fmean(outcome for _, outcome in chances)
        cells = (
            f"{len(rows):,}", f"{100 * fmean(wrong):.1f}" if wrong else "",
            f"{100 * fmean(each.is_within for each in rows):.0f}",
            f"{fmean((given - outcome) ** 2 for given, outcome in chances):.3f}", f"{reached * (1 - reached):.3f}",
        )  # fmt: skip
        yield f"| {said(name)} | {' | '.join(cells)} |"


def _reliability(found: Iterable[Tried]) -> Iterator[str]:
    yield "| probability given | n | mean of it | reached |"
    yield "|---|---:|---:|---:|"
    chances = [chance for each in found for chance in each.chances]
    for low, high in pairwise((0.0, 0.15, 0.4, 0.6, 0.85, 1.01)):
        inside = [(given, outcome) for given, outcome in chances if low <= given < high]
        if inside:
            mean, reached = fmean(given for given, _ in inside), fmean(outcome for _, outcome in inside)
            span = f"{100 * low:.0f}–{min(100 * high, 100):.0f} %"
            yield f"| {span} | {len(inside):,} | {100 * mean:.0f} % | {100 * reached:.0f} % |"


if __name__ == "__main__":
    main()
