"""Ranking units by the default standard's 12 leaves with 1,000 draws, from a CSV to printed rows."""

import csv
import tempfile
from pathlib import Path
from typing import Final

import numpy as np

from dashboard.ranking.standards import DEFAULT, standard_of
from tests.bench.machine import Run, measured
from tests.bench.report import Part, Target, exponent, table

UNITS: Final = (1_000, 10_000, 100_000)
SECONDS: Final = 10.0


def part() -> Part:
    """At three sizes."""
    found = {units: ranked(units) for units in UNITS}
    rows = [
        (f"{units:,}", f"{run.took.seconds:.1f}", f"{run.took.cpu_seconds:.1f}", f"{run.peak_mib:,.0f}")
        for units, run in found.items()
    ]
    first, last = found[UNITS[0]].took, found[UNITS[-1]].took
    grew = exponent(first.cpu_seconds, last.cpu_seconds, UNITS[-1] / UNITS[0])
    target = Target(
        f"{UNITS[-1]:,} units ranked in under {SECONDS:.0f} s",
        f"{last.seconds:.1f} s ({last.cpu_seconds:.1f} CPU s)",
        last.seconds < SECONDS,
        "Python for each unit: its cells, its criteria, its line (docs/ranking.md)",
    )
    lines = [*table(("units", "s", "CPU s", "peak MiB"), rows), f"\nExponent of growth: {grew:.2f} (CPU time)."]
    return Part("Ranking", lines, [target], {units: (run.took, run.peak_mib) for units, run in found.items()})


def ranked(units: int) -> Run:
    """One run of `reemploy rank` on invented figures, of which 2 % are missing."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "indicators.csv"
        _write(table, units)
        return measured("rank", "--standard", DEFAULT, "--indicators", table, "--period", "2026Q3", "--format", "csv")


def _write(path: Path, units: int) -> None:
    random = np.random.default_rng(1)
    names = [leaf.measure.column for leaf in standard_of(DEFAULT).leaves]
    values = random.gamma(3, 10, (units, len(names)))
    values[random.random(values.shape) < 0.02] = np.nan
    labour_force = random.integers(200, 9_000, units).tolist()
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["unit", "labour_force", *names])
        for number, (count, row) in enumerate(zip(labour_force, values.tolist(), strict=True)):
            writer.writerow([f"u{number:06}", count, *("" if value != value else repr(value) for value in row)])  # noqa: PLR0124 - NaN
